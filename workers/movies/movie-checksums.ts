/**
 * Whether all strategies were told the same: one checksum each, over the films that all of them got, by the facts that don't
 * change between two requests (votes of a live service do). Films that one missed are its failures, not another answer.
 */
import { createHash } from 'node:crypto'
import type { Movie } from '#lib/contract/movie.ts'

const lastingFacts = (movie: Movie): string =>
  JSON.stringify([
    movie.id,
    movie.title,
    movie.originalTitle,
    movie.releaseDate,
    movie.runtimeMinutes,
    movie.directors,
    movie.cast,
  ])

/** Null for all where they have no film in common. The same film with two sets of facts in one list counts as told differently. */
export const movieChecksums = (told: ReadonlyMap<string, readonly Movie[]>): Map<string, string | null> => {
  const factsOf = new Map<string, Map<number, string>>()
  for (const [key, movies] of told) {
    const facts = new Map<number, Set<string>>()
    for (const movie of movies) {
      const known = facts.get(movie.id) ?? new Set()
      facts.set(movie.id, known.add(lastingFacts(movie)))
    }
    factsOf.set(key, new Map([...facts].map(([id, ways]) => [id, [...ways].sort().join('\n')])))
  }
  const [first, ...rest] = [...factsOf.values()]
  const common = [...(first?.keys() ?? [])].filter((id) => rest.every((facts) => facts.has(id))).sort((a, b) => a - b)
  return new Map(
    [...factsOf].map(([key, facts]) => {
      if (common.length === 0) return [key, null]
      const hash = createHash('sha256')
      for (const id of common) hash.update(`${facts.get(id)}\n`)
      return [key, hash.digest('hex').slice(0, 16)]
    }),
  )
}
