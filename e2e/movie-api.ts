/** A movie API of a test's own, in the test's process: it answers as the test wants, and the test sees what it was asked. */
import { once } from 'node:events'
import http from 'node:http'

export interface MovieApi extends AsyncDisposable {
  /** For MOVIE_API_URL. */
  url: string
}

export const startMovieApi = async (answer: http.RequestListener): Promise<MovieApi> => {
  const server = http.createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the movie API has no port')
  return {
    url: `http://127.0.0.1:${address.port}/3`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const answerJson = (response: http.ServerResponse, body: object, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const film = (id: number) => ({ id, title: `Film ${id}`, release_date: '1995-12-15' })

/** Six films, whatever is searched for, and any film by its number. */
export const answerFilms: http.RequestListener = (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://x')
  const results = [1, 2, 3, 4, 5, 6].map(film)
  if (/^\/3\/movie\/\d+$/.test(pathname)) answerJson(response, film(Number(pathname.split('/').at(-1))))
  else answerJson(response, { page: 1, results, total_pages: 1, total_results: results.length })
}
