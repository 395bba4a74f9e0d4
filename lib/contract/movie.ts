/** A film, as every part of Interleave shows it, and what a search answers. Unknown facts are null or empty, never made up. */
import { z } from 'zod'
import { strategySchema } from './strategy.ts'
import { laneSchema, spanSchema } from './trace.ts'

export const movieSchema = z.object({
  id: z.int().positive(),
  title: z.string(),
  originalTitle: z.string(),
  /** YYYY-MM-DD. */
  releaseDate: z.string().nullable(),
  year: z.int().nullable(),
  overview: z.string(),
  posterUrl: z.string().nullable(),
  genres: z.array(z.string()),
  runtimeMinutes: z.int().positive().nullable(),
  /** 0–10. */
  voteAverage: z.number().nullable(),
  voteCount: z.int().nonnegative(),
  /** US dollars. */
  budget: z.number().nullable(),
  revenue: z.number().nullable(),
  directors: z.array(z.string()),
  cast: z.array(z.string()),
})
export type Movie = z.infer<typeof movieSchema>

/** A film whose details could not be had; the rest of the search is still shown. */
export const movieFailureSchema = z.object({
  movieId: z.int().positive(),
  // refused: nobody listens at the address. unavailable: 5xx, or the connection broke off. invalid-response: not TMDB v3.
  code: z.enum([
    'timeout',
    'refused',
    'unavailable',
    'rate-limited',
    'invalid-response',
    'too-large',
    'unauthorized',
    'not-found',
    'cancelled',
    'crashed',
  ]),
  message: z.string(),
})
export type MovieFailure = z.infer<typeof movieFailureSchema>

/** A page of the list of films that could not be had: which films stand on it is not known. */
export const pageFailureSchema = movieFailureSchema.omit({ movieId: true }).extend({ page: z.int().positive() })
export type PageFailure = z.infer<typeof pageFailureSchema>

export const movieSearchResponseSchema = z.object({
  query: z.string(),
  page: z.int().positive(),
  totalPages: z.int().nonnegative(),
  totalResults: z.int().nonnegative(),
  strategy: strategySchema,
  workers: z.int().positive(),
  elapsedMs: z.number().nonnegative(),
  results: z.array(movieSchema),
  failures: z.array(movieFailureSchema),
  trace: z.object({ lanes: z.array(laneSchema), spans: z.array(spanSchema) }),
})
export type MovieSearchResponse = z.infer<typeof movieSearchResponseSchema>

export const personSchema = z.object({
  name: z.string(),
  role: z.enum(['director', 'cast', 'crew']),
  /** The character played or the job done; empty when unknown. */
  as: z.string(),
})
export type Person = z.infer<typeof personSchema>

export const movieDetailsSchema = movieSchema.extend({
  people: z.array(personSchema),
  similar: z.array(movieSchema),
  /** Why `similar` is empty although there may be similar films; null where they were had. */
  similarFailure: movieFailureSchema.omit({ movieId: true }).nullable(),
})
export type MovieDetails = z.infer<typeof movieDetailsSchema>

/** As TMDB writes it: 'en-US', 'ru'. */
const movieLanguageSchema = z
  .string()
  .regex(/^[a-z]{2}(-[A-Z]{2})?$/, "a language as TMDB writes it, such as 'en-US' or 'ru'")
  .default('en-US')

/** The path and query of GET /api/movies/{movieId}. */
export const movieDetailsParamsSchema = z.object({
  movieId: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'the id of a film, a whole number from 1 to 2147483647')
    .transform(Number)
    .refine((id) => id <= 2_147_483_647, 'the id of a film, a whole number from 1 to 2147483647'),
  language: movieLanguageSchema,
})
export type MovieDetailsParams = z.infer<typeof movieDetailsParamsSchema>

export const movieSearchParamsSchema = z.object({
  query: z.string().trim().min(1, 'a query of 1 to 200 characters is needed').max(200),
  page: z.coerce.number().int().min(1).max(500).default(1),
  year: z.coerce.number().int().min(1870).max(2100).optional(),
  language: movieLanguageSchema,
  strategy: strategySchema.default('async'),
  workers: z.coerce.number().int().min(1).max(32).default(8),
  /** false: the one search request and no more, for type-ahead. */
  details: z
    .enum(['true', 'false'])
    .default('true')
    .transform((value) => value === 'true'),
})
export type MovieSearchParams = z.infer<typeof movieSearchParamsSchema>
