/**
 * Answers as bytes with their entity tag, kept for the next equal question: the films never change, so serialising is only
 * done once, and the API isn't what an experiment waits for.
 */
import { createHash } from 'node:crypto'
import { LruCache } from '#lib/movies/lru-cache.ts'
import type { MovieCatalogue } from './movie-catalogue.ts'
import { type Answer, answerRoute } from './routes.ts'

export interface SerialisedAnswer {
  status: number
  body: Buffer
  /** Weak, as TMDB's; null for what isn't a success. */
  etag: string | null
}

export const serialiseAnswer = ({ status, body }: Answer): SerialisedAnswer => {
  const bytes = Buffer.from(JSON.stringify(body))
  const etag = status === 200 ? `W/"${createHash('md5').update(bytes).digest('hex')}"` : null
  return { status, body: bytes, etag }
}

const CACHE_BYTES = 32 * 1024 * 1024

/** `path` is what follows '/3'. The key is taken out of the parameters: it changes no answer. */
export const createAnswers = (
  catalogue: MovieCatalogue,
): ((path: readonly string[], params: URLSearchParams) => SerialisedAnswer) => {
  const cache = new LruCache<SerialisedAnswer>({
    maxWeight: CACHE_BYTES,
    maxAgeMs: Number.POSITIVE_INFINITY,
    weigh: ({ body }) => body.length + 200,
  })
  return (path, params) => {
    params.delete('api_key')
    const question = `${JSON.stringify(path)}?${params}`
    const kept = cache.get(question)
    if (kept) return kept
    const made = serialiseAnswer(answerRoute(catalogue, path, params))
    // A long question would weigh more than its answer.
    if (made.status === 200 && question.length < 500) cache.set(question, made)
    return made
  }
}
