import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GENRES } from './genres.ts'
import { parseMovieSource, readMovieSource } from './movie-source.ts'
import { repairDate, repairMojibake, sourceMoviesSchema } from './repair-movies.ts'

const source = await readMovieSource()
const rows = sourceMoviesSchema.parse(JSON.parse(source.toString('utf8')))
const movies = parseMovieSource(source)
const titles = new Set(movies.map(({ title }) => title))
const find = (title: string, year: number) => {
  const movie = movies.find((candidate) => candidate.title === title && candidate.year === year)
  assert.ok(movie, `${title} (${year}) is missing`)
  return movie
}

describe('the repaired films', () => {
  it('are all 3,201, numbered from 1, each with a title and a date', () => {
    assert.equal(movies.length, 3201)
    assert.deepEqual(
      movies.map(({ id }) => id),
      movies.map((_, index) => index + 1),
    )
    assert.deepEqual(
      movies.filter(({ title, releaseDate }) => title === '' || !/^\d{4}-\d{2}-\d{2}$/.test(releaseDate ?? '')),
      [],
    )
  })

  it('lie in the past: 22 dates a century ahead are put right', () => {
    assert.equal(rows.filter((row) => Number(row['Release Date']?.slice(-4)) > 2011).length, 22)
    assert.ok(movies.every(({ year }) => year !== null && year >= 1915 && year <= 2011))
    assert.equal(find('Gone with the Wind', 1939).releaseDate, '1939-12-15')
    assert.equal(find('The Birth of a Nation', 1915).releaseDate, '1915-02-08')
    assert.equal(find('The Adventures of Tintin: Secret of the Unicorn', 2011).releaseDate, '2011-12-23')
  })

  it('have the nine titles that are numbers as text', () => {
    for (const title of ['1776', '1941', '1408', '2012', '2046', '21', '300', '9', '54']) assert.ok(titles.has(title))
  })

  it('have the title "Unknown" where it was taken for a missing one', () => {
    const index = rows.findIndex(({ Title }) => Title === null)
    assert.equal(movies[index]?.title, 'Unknown')
    assert.equal(movies[index]?.year, 2006)
  })

  it('have no garbled letters left', () => {
    const expected = [
      'Alien³',
      'Aimée & Jaguar',
      'Astérix aux Jeux Olympiques',
      'Caché',
      "De battre mon coeur s'est arrêté",
      'Die Fälscher',
      'Déjà Vu',
      "I Love You … Don't Touch Me!",
      'Indigènes',
      'Joyeux Noël',
      'La Môme',
      'La mala educación',
      "Le Fabuleux destin d'Amélie Poulain",
      'Les Bronzés 3: amis pour la vie',
      'Léon',
      'Molière',
      'Obsluhoval jsem anglického krále',
      'Per qualche dollaro in più',
      'Ri¢hie Ri¢h',
      'The Naked Gun 2½: The Smell of Fear',
    ]
    const actual = [...titles].filter((title) => /[^\x20-\x7e]/.test(title))
    assert.deepEqual(actual.sort(), expected.sort())
  })

  it('have their article in front and single spaces', () => {
    for (const title of [
      'The Barbarians',
      'The Charge of the Light Brigade',
      'The Secret',
      'The Story of Bonnie and Clyde',
      'Les Couloirs du temps: Les visiteurs 2',
      'Halloween: The Curse of Michael Myers',
    ])
      assert.ok(titles.has(title), title)
    assert.deepEqual(
      [...titles].filter((title) => /, (The|A|An|Les?|La)$|\s\s|^\s|\s$/.test(title)),
      [],
    )
  })

  it('do not repeat their year in their title', () => {
    find('King Kong', 1933)
    find('Lolita', 1962)
    find('Metropolis', 2002)
    find('Fantasia 2000 (IMAX)', 2000)
  })

  it('take a gross of 0 for unknown, and worldwide before domestic', () => {
    assert.ok(rows.some((row) => row['Worldwide Gross'] === 0))
    assert.ok(movies.every(({ revenue, budget }) => revenue !== 0 && budget !== 0))
    assert.equal(find('12 Angry Men', 1957).revenue, null)
    assert.equal(find('Nanjing! Nanjing!', 2009).revenue, 20_000_000)
    assert.equal(find('Baby Mama', 2008).budget, null)
  })

  it('know as much as the data does and no more', () => {
    const share = (known: (movie: (typeof movies)[number]) => boolean): number =>
      Math.round((100 * movies.filter((movie) => !known(movie)).length) / movies.length)
    assert.equal(
      share(({ runtimeMinutes }) => runtimeMinutes !== null),
      62,
    )
    assert.equal(
      share(({ director }) => director !== null),
      42,
    )
    assert.equal(
      share(({ voteAverage }) => voteAverage !== null),
      7,
    )
  })

  it("carry TMDB's genres, and own ones outside its range", () => {
    assert.deepEqual(
      find('Gone with the Wind', 1939).genres.map(({ id }) => id),
      [18],
    )
    const known = new Set(GENRES)
    assert.ok(movies.every(({ genres }) => genres.every((genre) => known.has(genre))))
    const majors = new Set(rows.filter((row) => row['Major Genre'] !== null).map((row) => row['Major Genre']))
    assert.equal(majors.size, 12)
    assert.ok(rows.every((row, index) => row['Major Genre'] === null || (movies[index]?.genres.length ?? 0) > 0))
  })

  it('have names without the quotation marks of CSV', () => {
    assert.ok(movies.some(({ director }) => director === 'Jeff "King Jeff" Hollins'))
  })
})

describe('a repair', () => {
  it('leaves what is not a date as unknown', () => {
    for (const text of [null, '', 'TBD', 'Foo 12 1999', '1999-12-01']) assert.equal(repairDate(text), null)
  })

  it('leaves text alone that MacRoman cannot have garbled', () => {
    assert.equal(repairMojibake('Солярис'), 'Солярис')
    assert.equal(repairMojibake('Plain'), 'Plain')
  })
})
