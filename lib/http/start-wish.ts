/**
 * `start=1` in an address starts a run as the page opens: a change, so no other site's link may ask for it. Followed from
 * elsewhere, such a link leads to the same page without the wish. What a person typed or bookmarked is their own wish.
 */
const WISH = 'start'

const isForeign = (headers: Headers): boolean => {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  // Told by no browser over plain http, except to the machine itself; there only a page that names itself counts.
  const referrer = headers.get('referer')
  return referrer === null || !URL.canParse(referrer) || new URL(referrer).host !== headers.get('host')
}

/** The address without the wish, where the request has no right to it; null where nothing is to be changed. */
export const withoutForeignStart = (url: string, headers: Headers): URL | null => {
  const address = new URL(url)
  if (!address.searchParams.has(WISH) || !isForeign(headers)) return null
  address.searchParams.delete(WISH)
  return address
}
