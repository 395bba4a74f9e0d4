/**
 * Makes requests answerable before Next.js reads them. It answers 500 to a path whose percent signs mean nothing
 * ('/%E0%A4%A') and to the method TRACE, and nothing readable to other methods it does not know, before any code of ours is
 * asked. With something else in their place, such a path is merely one that does not exist, such a method one that is refused.
 * A target that is no path ('*', or a whole address, to which it would redirect) becomes a path that does not exist.
 */
import { channel } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'

/** Answered by the API, as a problem. */
const NO_PATH = '/api/not-a-path'

/** Two slashes at the front are the beginning of another host's address, too. */
export const ownPath = (target: string): string => (/^\/(?![/\\])/.test(target) ? target : NO_PATH)

export const decodablePath = (url: string): string => {
  const [path = '', ...query] = url.split('?')
  try {
    decodeURIComponent(path)
    return url
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    return [path.replaceAll('%', '~'), ...query].join('?')
  }
}

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** A method that Next.js hands to the routes and that none of them accepts. */
const REFUSED_EVERYWHERE = 'PATCH'

export const knownMethod = (method: string): string => (KNOWN_METHODS.has(method) ? method : REFUSED_EVERYWHERE)

/** For every HTTP server of this process, from now on. Published by Node before the server's own listeners are called. */
export const makeRequestsAnswerable = (): void => {
  channel('http.server.request.start').subscribe((message) => {
    if (typeof message !== 'object' || message === null || !('request' in message)) return
    const { request } = message
    if (!(request instanceof IncomingMessage)) return
    if (request.url !== undefined) request.url = decodablePath(ownPath(request.url))
    if (request.method !== undefined) request.method = knownMethod(request.method)
  })
}
