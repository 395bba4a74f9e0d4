import assert from 'node:assert/strict'
import test from 'node:test'
import { redact } from './redact.ts'
import { embeddedMovieApi, readSettings, SettingsError } from './settings.ts'

const read = (environment: Record<string, string>) => readSettings({ NODE_ENV: 'test', ...environment }, '/project')

const refusal = (environment: Record<string, string>): string => {
  try {
    read(environment)
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.message
  }
  return assert.fail('it was accepted')
}

test('without settings the embedded movie API is used, and data stands beside the project', () => {
  const settings = read({ TMDB_TOKEN: '', MOVIE_API_URL: '' })
  assert.equal(settings.movieApi, null)
  assert.equal(settings.dataFolder, '/project/.data')
  assert.deepEqual([settings.host, settings.port], ['127.0.0.1', 3000])
})

test('a key leads to the real API with its allowance', () => {
  const { movieApi } = read({ TMDB_TOKEN: ' 0123456789abcdef0123456789abcdef ' })
  assert.deepEqual(movieApi, {
    mode: 'tmdb',
    baseUrl: 'https://api.themoviedb.org/3',
    token: '0123456789abcdef0123456789abcdef',
    requestsPerSecond: 40,
  })
})

test('a URL leads to any server that speaks TMDB, with the key if there is one', () => {
  assert.equal(read({ MOVIE_API_URL: 'http://127.0.0.1:4010/3/' }).movieApi?.baseUrl, 'http://127.0.0.1:4010/3')
  assert.equal(read({ MOVIE_API_URL: 'http://127.0.0.1:4010/3', TMDB_TOKEN: 'k' }).movieApi?.token, 'k')
})

test('the address of the real API means the real API, with its allowance, however it is given', () => {
  for (const url of ['https://api.themoviedb.org/3', 'https://API.TheMovieDB.org/3/', 'https://api.tmdb.org/3']) {
    const { movieApi } = read({ MOVIE_API_URL: url, TMDB_TOKEN: 'k' })
    assert.deepEqual([movieApi?.mode, movieApi?.requestsPerSecond, movieApi?.token], ['tmdb', 40, 'k'])
  }
  const { movieApi } = read({ MOVIE_API_URL: 'https://api.themoviedb.org.example/3' })
  assert.deepEqual([movieApi?.mode, movieApi?.requestsPerSecond], ['custom', null])
})

test('what stands in for a key is no secret, and messages keep their words', () => {
  for (const settings of [
    embeddedMovieApi('http://127.0.0.1:9/3'),
    read({ MOVIE_API_URL: 'http://host/3' }).movieApi,
  ]) {
    const said = 'no film is called none, and Interleave is interleave'
    assert.equal(redact(said, [settings?.token ?? '']), said)
  }
})

test('a bad value is refused with its name and what is accepted, and never repeated', () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ TMDB_TOKEN: 'secret with spaces' }, /TMDB_TOKEN: a key without spaces/],
    [{ MOVIE_API_URL: 'secret' }, /MOVIE_API_URL: an http or https URL/],
    [{ MOVIE_API_URL: 'ftp://secret/3' }, /MOVIE_API_URL: an http or https URL/],
    [{ MOVIE_API_URL: 'http://user:secret@host/3' }, /MOVIE_API_URL: no user name or password/],
    [{ MOVIE_API_URL: 'http://host/3?api_key=secret' }, /MOVIE_API_URL: no query .*TMDB_TOKEN/],
    [{ MOVIE_API_URL: 'http://host/3#secret' }, /MOVIE_API_URL: no query and no fragment/],
    [{ REDIS_URL: 'http://user:secret@host' }, /REDIS_URL: the address of a Redis server/],
    [{ DATABASE_URL: 'secret' }, /DATABASE_URL: the address of a PostgreSQL database/],
    [{ PORT: 'secret' }, /PORT: a port/],
    [{ PORT: '70000' }, /PORT: .*65535/],
  ]
  for (const [environment, message] of cases) {
    assert.match(refusal(environment), message)
    assert.doesNotMatch(refusal(environment), /secret/)
  }
})
