/** The movie API's key: wherever it could slip out, with a server that has one and an API that repeats it. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { answerFilms, answerJson, startMovieApi } from './movie-api.ts'
import { QUICK } from './report.ts'
import { endServer, expect, startServer, stopServer, test } from './server.ts'

const KEYS = [
  { name: 'an API key', key: '0123456789abcdef0123456789abcdef' },
  { name: 'a read access token', key: 'eyJhbGciOiJIUzI1NiJ9.of-a-test.signature' },
]

const filesOf = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))

for (const { name, key } of KEYS) {
  test(`${name} is in nothing that is stored, sent or printed`, async ({ page }) => {
    const received: string[] = []
    await using api = await startMovieApi((request, response) => {
      received.push(`${request.url} ${request.headers.authorization}`)
      // The failure of one film repeats everything that was sent.
      if (request.url?.startsWith('/3/movie/4?')) {
        answerJson(response, { status_message: `no film for ${received.at(-1)}`, url: request.url }, 404)
      } else answerFilms(request, response)
    })
    const server = await startServer({ MOVIE_API_URL: api.url, TMDB_TOKEN: key })
    try {
      const ask = async (where: string): Promise<string> => await (await fetch(`${server.url}${where}`)).text()
      const post = (params: object) =>
        fetch(`${server.url}/api/runs`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ experiment: 'movie-search', params }),
        })
      const refused = await post({ ...QUICK, errorShare: 0.1 })
      expect(refused.status).toBe(422)
      const { id } = await (await post(QUICK)).json()
      const said = new Map([
        ['the live stream', await ask(`/api/runs/${id}/events`)],
        ['the run', await ask(`/api/runs/${id}`)],
        ['the ended stream', await ask(`/api/runs/${id}/events`)],
        ['its trace', await ask(`/api/runs/${id}/trace`)],
        ['its samples', await ask(`/api/runs/${id}/csv`)],
        ['its page', await ask(`/en/runs/${id}`)],
        ['the runs', await ask('/api/runs')],
        ['a search', await ask('/api/movies/search?query=film')],
        ['the films page', await ask('/en/movies?query=film')],
        ['a film that fails', await ask('/api/movies/4')],
        ['its page', await ask('/en/movies/4')],
        ['health', await ask('/api/health')],
        ['the refusal', await refused.text()],
      ])
      expect(said.get('the run')).toContain('"status":"succeeded"')
      expect(said.get('the run')).toContain('"movieId":4')
      expect(said.get('a search')).toContain('"movieId":4')
      await page.goto(`${server.url}/en/runs/${id}`)
      await expect(page.getByText('Some requests of this run failed')).toBeVisible()
      said.set('the rendered page', await page.content())
      await endServer(server)
      said.set('what the server printed', server.output())
      for (const file of await filesOf(server.dataFolder)) said.set(file, (await readFile(file)).toString('latin1'))
      expect(
        received.some((request) => request.includes(key)),
        'it was used',
      ).toBe(true)
      for (const [where, text] of said) expect(text.includes(key), where).toBe(false)
    } finally {
      await stopServer(server)
    }
  })
}
