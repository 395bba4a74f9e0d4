/** TMDB's envelope of a list: pages of 20, numbered from 1 to 500. A page behind the last one is empty, not an error. */

const PAGE_SIZE = 20
const MAX_PAGE = 500

/** The number of the page asked for, 1 when none is; null when it is none that TMDB accepts. */
export const readPage = (params: URLSearchParams): number | null => {
  const text = params.get('page') ?? '1'
  const page = /^\d{1,9}$/.test(text) ? Number(text) : 0
  return page >= 1 && page <= MAX_PAGE ? page : null
}

export const makePage = <Item, Result>(items: readonly Item[], page: number, serialise: (item: Item) => Result) => ({
  page,
  results: items.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(serialise),
  // TMDB counts one page where there is nothing.
  total_pages: Math.max(1, Math.ceil(items.length / PAGE_SIZE)),
  total_results: items.length,
})
