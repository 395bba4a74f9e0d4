import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { ensureMovieDatabase } from './ensure-movie-database.ts'
import { openMovieCatalogue } from './movie-catalogue.ts'
import { matchTier } from './rank-matches.ts'
import { recommendMovies, similarMovies } from './related-movies.ts'
import { toSearchText } from './search-text.ts'

const catalogue = openMovieCatalogue((await ensureMovieDatabase()).path)
after(() => catalogue[Symbol.dispose]())

const titles = (query: string, year: number | null = null): string[] =>
  catalogue.search(query, year).map((movie) => movie.title)

describe('a search', () => {
  it('finds a title first that is exactly the query, whatever its votes', () => {
    const firsts: [query: string, title: string][] = [
      ['crash', 'Crash'],
      ['the matrix', 'The Matrix'],
      ['matrix', 'The Matrix'],
      ['the secret', 'The Secret'],
      ['unknown', 'Unknown'],
      ['oceans', 'Oceans'],
      ['9', '9'],
      ['21', '21'],
      ['300', '300'],
    ]
    for (const [query, title] of firsts) assert.equal(titles(query)[0], title, query)
  })

  it('takes no notice of accents, case and punctuation', () => {
    const sames: [query: string, title: string][] = [
      ['leon', 'Léon'],
      ['LÉON', 'Léon'],
      ['lE\u0301on', 'Léon'],
      ['wall e', 'WALL-E'],
      ['walle', 'WALL-E'],
      ['wall·e', 'WALL-E'],
      ['the wall-e', 'WALL-E'],
      ['spiderman', 'Spider-Man'],
      ['oceans eleven', "Ocean's Eleven"],
      ['ocean’s eleven', "Ocean's Eleven"],
      ['amelie', "Le Fabuleux destin d'Amélie Poulain"],
      ['alien 3', 'Alien³'],
      ['naked gun 2 1/2', 'The Naked Gun 2½: The Smell of Fear'],
      ['richie rich', 'Ri¢hie Ri¢h'],
      ['mr & mrs smith', 'Mr. And Mrs. Smith'],
      ['deja vu', 'Déjà Vu'],
    ]
    for (const [query, title] of sames) assert.equal(titles(query)[0], title, query)
  })

  it('lists titles that begin with the query before titles that contain it, and whole words before parts', () => {
    const king = titles('king')
    assert.ok(king.indexOf('King Kong') < king.indexOf('Kingdom of Heaven'))
    assert.ok(king.indexOf('Kingdom of Heaven') < king.indexOf('The Lion King'))
    assert.deepEqual(titles('godfather'), ['The Godfather', 'The Godfather: Part II', 'The Godfather: Part III'])
  })

  it('needs all words, in any order, the last of them perhaps unfinished', () => {
    assert.ok(titles('rings lord').every((title) => title.startsWith('The Lord of the Rings')))
    assert.deepEqual(titles('dark kni'), ['The Dark Knight'])
    assert.deepEqual(titles('matrix godfather'), [])
    // Only the word that may still be being typed matches a beginning.
    assert.deepEqual(titles('kni dark'), [])
  })

  it('takes only the last word for a beginning, even when an earlier one is its end', () => {
    // 'wars' ends in 's', but the 's' before it is a word of its own, which no Star Wars has.
    assert.deepEqual(titles('s wars'), [])
  })

  it('orders what is equally good by votes, then by date', () => {
    assert.deepEqual(
      catalogue.search('casino royale', null).map(({ year }) => year),
      [2006, 1967],
    )
    const results = catalogue.search('the', null)
    const query = toSearchText('the')
    for (const [index, movie] of results.entries()) {
      const next = results[index + 1]
      if (!next) continue
      const step = matchTier(query, next) - matchTier(query, movie)
      assert.ok(step > 0 || (step === 0 && movie.voteCount >= next.voteCount))
    }
  })

  it('can be narrowed to a year', () => {
    assert.deepEqual(
      catalogue.search('king kong', 1933).map(({ releaseDate }) => releaseDate),
      ['1933-04-07'],
    )
    assert.deepEqual(titles('king kong', 1901), [])
  })

  it('without a letter or digit finds nothing', () => {
    for (const query of ['', ' ', '%', '*', '"', '🎬', '\0', '()', '-', '^', ':', "'"])
      assert.deepEqual(titles(query), [])
  })

  it('takes the operators of the full-text search for plain text', () => {
    const asText = (query: string): void => {
      for (const title of titles(query)) {
        const words = toSearchText(title).words.split(' ')
        const last = toSearchText(query).bare.split(' ').at(-1) ?? ''
        for (const word of toSearchText(query).bare.split(' '))
          assert.ok(
            words.includes(word) || (word === last && words.some((w) => w.startsWith(word))),
            `${query}: ${title}`,
          )
      }
    }
    for (const query of [
      'star AND wars',
      'star OR trek',
      'star NOT wars',
      'NEAR(star wars, 1)',
      '^star',
      'words : star',
    ])
      asText(query)
    assert.deepEqual(titles('star NOT trek'), [])
    assert.deepEqual(titles('star*'), titles('star'))
    assert.deepEqual(titles('"star" wars'), titles('star wars'))
  })

  it('never throws, and never finds a film twice', () => {
    const word = fc.constantFrom(
      'the',
      'AND',
      'OR',
      'NOT',
      'NEAR',
      '"',
      '*',
      '^',
      ':',
      '(',
      ')',
      '-',
      '+',
      '{',
      '\0',
      '%',
      'star',
      'a',
    )
    const query = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.array(word).map((words) => words.join(' ')),
      fc.array(word).map((words) => words.join('')),
    )
    fc.assert(
      fc.property(query, fc.option(fc.integer({ min: 0, max: 9999 })), (text, year) => {
        const ids = catalogue.search(text, year).map(({ id }) => id)
        assert.equal(new Set(ids).size, ids.length)
      }),
      { numRuns: 500 },
    )
  })

  it('of any length is answered', () => {
    for (const text of [
      'a'.repeat(10_000),
      'a '.repeat(5_000),
      '🎬'.repeat(10_000),
      '"'.repeat(10_000),
      'ﷺ'.repeat(10_000),
    ])
      assert.ok(Array.isArray(catalogue.search(text, null)))
    const manyWords = Array.from({ length: 2_000 }, (_, index) => `w${index}`).join(' ')
    assert.deepEqual(titles(manyWords), [])
  })

  it('finds every film by its own title, among the first that are called so', () => {
    for (const movie of catalogue.movies) {
      const [first] = catalogue.search(movie.title, null)
      assert.ok(first, movie.title)
      assert.equal(first.compact, movie.compact, movie.title)
    }
  })
})

describe('related films', () => {
  const matrix = catalogue.search('the matrix', null)[0]
  assert.ok(matrix)

  it('share the director or a genre, come once and are not the film itself', () => {
    for (const movie of catalogue.movies.slice(0, 60)) {
      for (const related of [recommendMovies(movie, catalogue.movies), similarMovies(movie, catalogue.movies)]) {
        const ids = related.map(({ id }) => id)
        assert.equal(new Set(ids).size, ids.length)
        assert.ok(!ids.includes(movie.id))
        assert.ok(
          related.every(
            (other) =>
              (movie.director !== null && other.director?.id === movie.director.id) ||
              other.genres.some(({ id }) => movie.genres.some((genre) => genre.id === id)),
          ),
        )
      }
    }
  })

  it('are the sequels first', () => {
    const recommended = recommendMovies(matrix, catalogue.movies).map(({ title }) => title)
    assert.deepEqual(recommended.slice(0, 2), ['The Matrix Reloaded', 'The Matrix Revolutions'])
  })

  it('are the same whatever order the films are given in', () => {
    const forwards = recommendMovies(matrix, catalogue.movies).map(({ id }) => id)
    const backwards = recommendMovies(matrix, catalogue.movies.toReversed()).map(({ id }) => id)
    assert.deepEqual(backwards, forwards)
  })
})
