/**
 * Takes a request's target apart: '/with/latency=20/3/movie/603?language=ru' is conditions 'latency=20', path
 * ['3', 'movie', '603'] and parameters. Defined for every text; doubled and trailing slashes don't count.
 */

export interface RequestTarget {
  /** The text behind '/with/', null without such a prefix. */
  conditions: string | null
  path: string[]
  params: URLSearchParams
}

/** Text that isn't valid percent-encoding stands for itself. */
const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const parseRequestTarget = (target: string): RequestTarget => {
  const question = target.indexOf('?')
  const pathText = question === -1 ? target : target.slice(0, question)
  const params = new URLSearchParams(question === -1 ? '' : target.slice(question + 1))
  const path = pathText
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode)
  if (path[0] !== 'with') return { conditions: null, path, params }
  return { conditions: path[1] ?? '', path: path.slice(2), params }
}
