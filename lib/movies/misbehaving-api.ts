/** For tests: a real server on a loopback port that answers as a test wants, and knows how many sockets are still open. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface TestApi extends AsyncDisposable {
  baseUrl: string
  /** Paths with queries, in the order of arrival. */
  requests: string[]
  headers: IncomingMessage['headers'][]
  openSockets(): number
  /** Resolves when the clients have closed every socket; a test that waits in vain fails by its time limit. */
  released(): Promise<void>
  /** The most requests that were under way at once. */
  mostAtOnce(): number
}

export type Answer = (request: IncomingMessage, response: ServerResponse, number: number) => void

export const startTestApi = async (answer: Answer): Promise<TestApi> => {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const headers: IncomingMessage['headers'][] = []
  let atOnce = 0
  let most = 0
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    headers.push(request.headers)
    atOnce += 1
    most = Math.max(most, atOnce)
    response.on('close', () => {
      atOnce -= 1
    })
    answer(request, response, requests.length)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined) // Clients that hang up are what is tested.
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the test server has no port')
  return {
    baseUrl: `http://127.0.0.1:${address.port}/3`,
    requests,
    headers,
    openSockets: () => sockets.size,
    released: async () => {
      for (const socket of sockets) await once(socket, 'close')
    },
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export const answerJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' })
  response.end(JSON.stringify(body))
}

export const emptyPage = { page: 1, results: [], total_pages: 1, total_results: 0 }
