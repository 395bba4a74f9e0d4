/** What a person's search does when the movie API, or a worker of its own, fails in the middle. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { type Answer, answerJson, startTestApi } from '#lib/movies/misbehaving-api.ts'
import { InteractiveSearch } from './interactive-search.ts'

const never = new AbortController().signal
const film = (id: number) => ({ id, title: `Film ${id}`, release_date: '1995-12-15' })

const films: Answer = (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://x')
  if (pathname.startsWith('/3/search')) {
    answerJson(response, { page: 1, results: [film(1), film(2)], total_pages: 1, total_results: 2 })
  } else answerJson(response, film(Number(pathname.split('/')[3])))
}

const asked = (baseUrl: string) => ({
  id: 0,
  deadlineMs: 20_000,
  movieApi: { mode: 'custom', baseUrl, token: 'any', requestsPerSecond: null } as const,
  language: 'en-US',
})

const childProcesses = (): number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => (line.includes(' ps ') || line.trim() === '' ? [] : [Number.parseInt(line, 10)]))

test('a film is shown without its neighbours where these fail, and says why they are missing', async () => {
  await using api = await startTestApi((request, response, number) =>
    request.url?.includes('/recommendations') ? answerJson(response, {}, 404) : films(request, response, number),
  )
  await using interactive = new InteractiveSearch()
  const found = await interactive.details({ ...asked(api.baseUrl), type: 'details', movieId: 7 }, never)
  assert.ok(found.ok)
  assert.deepEqual([found.value.id, found.value.similar, found.value.similarFailure?.code], [7, [], 'not-found'])
})

test('a search whose workers are killed in the middle is carried out once more', {
  skip: process.platform !== 'linux',
}, async () => {
  let killed: number[] = []
  await using api = await startTestApi((request, response, number) => {
    if (number > 1) return films(request, response, number)
    // Whoever waits for the first answer never gets it.
    killed = childProcesses()
    for (const pid of killed) process.kill(pid, 'SIGKILL')
  })
  await using interactive = new InteractiveSearch()
  const found = await interactive.search(
    { ...asked(api.baseUrl), type: 'search', query: 'film', page: 1, strategy: 'processes', workers: 1, details: true },
    never,
  )
  assert.equal(killed.length, 1)
  assert.ok(found.ok)
  assert.deepEqual([found.value.results.length, found.value.failures], [2, []])
})
