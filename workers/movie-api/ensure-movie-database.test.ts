import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import { ensureMovieDatabase } from './ensure-movie-database.ts'
import { openMovieCatalogue } from './movie-catalogue.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'interleave-movies-'))
after(() => rm(folder, { recursive: true, force: true }))

const countMovies = (file: string): number => {
  using catalogue = openMovieCatalogue(file)
  return catalogue.movies.length
}

describe('the film database', () => {
  it('is built where it is missing, folders included, and then left alone', async () => {
    const file = path.join(folder, 'new', 'folder', 'movies.sqlite')
    assert.deepEqual(await ensureMovieDatabase(file), { path: file, built: true })
    const before = await stat(file)
    assert.deepEqual(await ensureMovieDatabase(file), { path: file, built: false })
    assert.equal((await stat(file)).ino, before.ino)
    assert.equal(countMovies(file), 3201)
  })

  it('is built anew when it was made from other data or by another program', async () => {
    const file = path.join(folder, 'old.sqlite')
    await ensureMovieDatabase(file)
    {
      using database = new DatabaseSync(file)
      database.exec(
        "UPDATE edition SET stamp = 'of long ago'; DELETE FROM movie_genres; DELETE FROM movies WHERE id > 10",
      )
    }
    assert.equal((await ensureMovieDatabase(file)).built, true)
    assert.equal(countMovies(file), 3201)
  })

  it('is built anew when the file is something else, cut short or empty', async () => {
    const file = path.join(folder, 'damaged.sqlite')
    await ensureMovieDatabase(file)
    const whole = await readFile(file)
    for (const content of ['not a database', '', whole.subarray(0, 2_000)]) {
      await writeFile(file, content)
      assert.equal((await ensureMovieDatabase(file)).built, true)
      assert.equal(countMovies(file), 3201)
    }
  })

  it('stays readable for those who opened it before it was replaced', async () => {
    const file = path.join(folder, 'replaced.sqlite')
    await ensureMovieDatabase(file)
    using catalogue = openMovieCatalogue(file)
    await rm(file)
    await ensureMovieDatabase(file)
    assert.equal(catalogue.search('léon', null)[0]?.title, 'Léon')
  })

  it('survives several processes that build it at once, and nothing else is left behind', async () => {
    const crowded = path.join(folder, 'crowded')
    const file = path.join(crowded, 'movies.sqlite')
    const script = path.join(import.meta.dirname, '..', '..', 'scripts', 'build-movies.ts')
    const children = Array.from({ length: 4 }, () => spawn(process.execPath, [script, file], { stdio: 'ignore' }))
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]))
    assert.deepEqual(codes, [0, 0, 0, 0])
    assert.deepEqual(await readdir(crowded), ['movies.sqlite'])
    assert.equal(countMovies(file), 3201)
  })

  it('leaves no draft behind when it cannot be put in place', async () => {
    const blocked = path.join(folder, 'blocked')
    const file = path.join(blocked, 'movies.sqlite')
    await ensureMovieDatabase(path.join(file, 'inside')) // now the wanted path is a folder that isn't empty
    await assert.rejects(ensureMovieDatabase(file))
    assert.deepEqual(await readdir(blocked), ['movies.sqlite'])
  })
})
