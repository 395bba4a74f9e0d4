/**
 * The order of search results that a person expects: the exact title, titles that begin with the query (whole words before
 * parts of words), titles that contain all of its words, each group by votes. Ties go to the newer film, then to the
 * lower id, so the order is always the same. Pure.
 */
import type { SearchText } from './search-text.ts'

export interface Candidate extends SearchText {
  id: number
  voteCount: number
  releaseDate: string
}

const beginsWithWords = (title: string, query: string): boolean => title.startsWith(`${query} `)

/** 0 is best. An article in front counts neither way. */
export const matchTier = (query: SearchText, title: SearchText): number => {
  if (title.words === query.words || title.bare === query.bare || title.compact === query.compact) return 0
  if (beginsWithWords(title.words, query.words) || beginsWithWords(title.bare, query.bare)) return 1
  if (title.words.startsWith(query.words) || title.compact.startsWith(query.compact)) return 2
  const words = new Set(title.words.split(' '))
  return query.bare.split(' ').every((word) => words.has(word)) ? 3 : 4
}

export const rankMatches = <Match extends Candidate>(query: SearchText, candidates: readonly Match[]): Match[] =>
  candidates
    .map((candidate) => ({ candidate, tier: matchTier(query, candidate) }))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        b.candidate.voteCount - a.candidate.voteCount ||
        (a.candidate.releaseDate === b.candidate.releaseDate
          ? a.candidate.id - b.candidate.id
          : a.candidate.releaseDate < b.candidate.releaseDate
            ? 1
            : -1),
    )
    .map(({ candidate }) => candidate)
