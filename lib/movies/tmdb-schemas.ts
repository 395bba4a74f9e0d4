/**
 * The part of TMDB v3's answers that is read here. Other keys are tolerated and dropped; what a film may lack (a date, a
 * poster, a plot) may be missing, null or empty.
 */
import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null)
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? [])

const filmFields = {
  id: z.int().positive(),
  title: z.string(),
  original_title: text,
  overview: text,
  poster_path: text,
  release_date: text,
  vote_average: number,
  vote_count: number,
}

export const tmdbSearchItemSchema = z.object(filmFields)
export type TmdbSearchItem = z.infer<typeof tmdbSearchItemSchema>

export const tmdbGenreSchema = z.object({ id: z.int(), name: z.string() })

const castMemberSchema = z.object({ name: z.string(), character: text, order: number })
const crewMemberSchema = z.object({ name: z.string(), job: text })

export const tmdbMovieSchema = z.object({
  ...filmFields,
  genres: listOf(tmdbGenreSchema),
  runtime: number,
  budget: number,
  revenue: number,
  credits: z
    .object({ cast: listOf(castMemberSchema), crew: listOf(crewMemberSchema) })
    .nullish()
    .transform((value) => value ?? { cast: [], crew: [] }),
})
export type TmdbMovie = z.infer<typeof tmdbMovieSchema>

/** The envelope of `/search/movie` and `/movie/{id}/recommendations`; a page need not hold exactly 20. */
export const tmdbPageSchema = z.object({
  page: z.int().positive(),
  results: z.array(tmdbSearchItemSchema),
  total_pages: z.int().nonnegative(),
  total_results: z.int().nonnegative(),
})
export type TmdbPage = z.infer<typeof tmdbPageSchema>

export const tmdbGenresSchema = z.object({ genres: z.array(tmdbGenreSchema) })

export const tmdbConfigurationSchema = z.object({
  images: z.object({ secure_base_url: z.string(), poster_sizes: z.array(z.string()) }),
})

/** An error in either of the two forms the service has used. */
export const tmdbErrorSchema = z.object({
  status_code: z.int().optional(),
  status_message: z.string().optional(),
  errors: z.array(z.string()).optional(),
})
