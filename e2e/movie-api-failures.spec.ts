/** A movie API that is down, refuses the key or answers nonsense: a clear message in time, other pages unaffected. */
import type http from 'node:http'
import { startMovieApi } from './movie-api.ts'
import { expect, startServer, stopServer, test } from './server.ts'

test('the address of TMDB means TMDB: its logo and its words are at the foot of every page', async ({ page }) => {
  const server = await startServer({ MOVIE_API_URL: 'https://api.themoviedb.org/3' })
  try {
    for (const path of ['/en', '/ru/labs']) {
      await page.goto(`${server.url}${path}`)
      const foot = page.getByRole('contentinfo')
      await expect(foot.getByRole('img', { name: 'The Movie Database (TMDB)' })).toBeVisible()
      await expect(foot).toContainText('This product uses TMDB and the TMDB APIs but is not endorsed, certified')
    }
  } finally {
    await stopServer(server)
  }
})

const CASES: { name: string; status: number; answer: http.RequestListener }[] = [
  {
    name: 'refuses the key',
    status: 502,
    answer: (_, response) =>
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"status_code":7,"status_message":"Invalid API key","success":false}'),
  },
  {
    name: 'answers HTML',
    status: 502,
    answer: (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>'),
  },
  {
    name: 'answers other JSON',
    status: 502,
    answer: (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"films":[]}'),
  },
]
for (const { name, status, answer } of CASES) {
  test(`a movie API that ${name} is told from a film that is not there`, async ({ page }) => {
    await using api = await startMovieApi(answer)
    const server = await startServer({ MOVIE_API_URL: api.url, TMDB_TOKEN: 'a-key-of-the-test' })
    try {
      const response = await fetch(`${server.url}/api/movies/search?query=alien`)
      expect(response.status).toBe(status)
      const text = await response.text()
      expect(text).not.toContain('a-key-of-the-test')
      await page.goto(`${server.url}/en/movies?query=alien`)
      await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
      await page.goto(`${server.url}/en/labs`)
      await expect(page.getByRole('heading', { level: 1, name: 'Labs' })).toBeVisible()
    } finally {
      await stopServer(server)
    }
  })
}
