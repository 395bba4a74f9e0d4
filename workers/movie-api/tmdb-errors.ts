/** TMDB v3's errors, as developer.themoviedb.org/docs/errors lists them: a number, a sentence, and the HTTP status they come with. */

export interface TmdbError {
  status: number
  body: { success: false; status_code: number; status_message: string }
}

const tmdbError = (status: number, code: number, message: string): TmdbError => ({
  status,
  body: { success: false, status_code: code, status_message: message },
})

export const INVALID_ID = tmdbError(404, 6, 'Invalid id: The pre-requisite id is invalid or not found.')
export const INVALID_KEY = tmdbError(401, 7, 'Invalid API key: You must be granted a valid key.')
export const INTERNAL_ERROR = tmdbError(500, 11, 'Internal error: Something went wrong, contact TMDB.')
export const INVALID_PAGE = tmdbError(
  400,
  22,
  'Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.',
)
export const TOO_MANY_APPENDED = tmdbError(
  400,
  27,
  'Too many append to response objects: The maximum number of remote calls is 20.',
)
export const NOT_FOUND = tmdbError(404, 34, 'The resource you requested could not be found.')
export const METHOD_NOT_ALLOWED = tmdbError(405, 42, 'This request method is not supported for this resource.')

export const overLimit = (count: number, limit: number): TmdbError =>
  tmdbError(429, 25, `Your request count (${count}) is over the allowed limit of (${limit}).`)

/** Not TMDB's: it has no conditions in its paths. The number is that of its "invalid parameters". */
export const invalidConditions = (detail: string): TmdbError => tmdbError(422, 5, `Invalid parameters: ${detail}`)
