/**
 * Repairs the defects of the film data (vega-datasets, `data/movies.json`): dates a century ahead, titles that are numbers,
 * missing or garbled, articles at the end, grosses of 0 that mean unknown. Pure. What the data doesn't know stays null.
 */
import { z } from 'zod'
import { CREATIVE_GENRES, type Genre, MAJOR_GENRES } from './genres.ts'

const amount = z.number().nonnegative().nullable()

const sourceMovieSchema = z.object({
  Title: z.union([z.string(), z.number()]).nullable(),
  'Worldwide Gross': amount,
  'US Gross': amount,
  'Production Budget': amount,
  'Release Date': z.string().nullable(),
  'MPAA Rating': z.string().nullable(),
  'Running Time min': z.int().positive().nullable(),
  'Major Genre': z.string().nullable(),
  'Creative Type': z.string().nullable(),
  Director: z.string().nullable(),
  'IMDB Rating': z.number().min(0).max(10).nullable(),
  'IMDB Votes': z.int().nonnegative().nullable(),
})
export const sourceMoviesSchema = z.array(sourceMovieSchema)
export type SourceMovie = z.infer<typeof sourceMovieSchema>

export interface RepairedMovie {
  /** The row's number in the data, from 1: the same for as long as the data is. */
  id: number
  title: string
  /** YYYY-MM-DD. */
  releaseDate: string | null
  year: number | null
  runtimeMinutes: number | null
  /** US dollars. */
  budget: number | null
  revenue: number | null
  /** 0–10. */
  voteAverage: number | null
  voteCount: number
  genres: readonly Genre[]
  director: string | null
  /** As the Motion Picture Association rated it for the United States: 'PG-13'. */
  certification: string | null
}

/** The last year the data covers; whatever is dated later was a two-digit year that was given the wrong century. */
const LAST_YEAR = 2011

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 'Dec 15 2039' is 1939-12-15; null when it isn't a date. */
export const repairDate = (date: string | null): string | null => {
  const [, monthName = '', day = '', yearText = ''] = /^(\w{3}) (\d{2}) (\d{4})$/.exec(date ?? '') ?? []
  const month = MONTHS.indexOf(monthName) + 1
  if (month === 0) return null
  const year = Number(yearText) > LAST_YEAR ? Number(yearText) - 100 : Number(yearText)
  return `${year}-${String(month).padStart(2, '0')}-${day}`
}

const highBytes = Uint8Array.from({ length: 128 }, (_, index) => index + 128)
const macRomanBytes = new Map(
  [...new TextDecoder('macintosh').decode(highBytes)].map((character, index) => [character, index + 128]),
)
const windows = new TextDecoder('windows-1252')

/**
 * 'LÈon' is 'Léon': bytes of Windows-1252 that were once read as MacRoman. A text with a character that MacRoman doesn't
 * have ('Alien³') can't have come about that way and stays.
 */
export const repairMojibake = (text: string): string => {
  const bytes: number[] = []
  for (const character of text) {
    const byte = character < '\u0080' ? character.charCodeAt(0) : macRomanBytes.get(character)
    if (byte === undefined) return text
    bytes.push(byte)
  }
  return windows.decode(Uint8Array.from(bytes))
}

/** 'Secret, The' is 'The Secret'. */
const repairArticle = (title: string): string => title.replace(/^(.+), (The|Les)$/, '$2 $1')

/** 'King Kong (1933)', released in 1933, is 'King Kong': the year stands in the date. */
const removeYear = (title: string, date: string | null): string =>
  date === null ? title : title.replace(` (${date.slice(0, 4)})`, '')

/**
 * One film is called "Unknown", which some tool on the data's way here took for a missing value. Its release date and
 * running time tell which film it is; any other missing title stays empty.
 */
const repairMissingTitle = (row: SourceMovie): string =>
  row['Release Date'] === 'Nov 03 2006' && row['Running Time min'] === 85 ? 'Unknown' : ''

const repairTitle = (row: SourceMovie, date: string | null): string => {
  if (row.Title === null) return repairMissingTitle(row)
  const text = repairMojibake(String(row.Title)).replace(/\s+/g, ' ').trim()
  return repairArticle(removeYear(text, date))
}

/** A doubled quotation mark is what a CSV file makes of one. */
const repairName = (name: string | null): string | null => name?.replaceAll('""', '"').trim() || null

/** A gross of 0 means that nobody told: no film in a cinema earned nothing. */
const knownAmount = (value: number | null): number | null => (value === 0 ? null : value)

const CERTIFICATIONS = new Set(['G', 'PG', 'PG-13', 'R', 'NC-17'])

const genresOf = (row: SourceMovie): Genre[] => [
  ...new Set([
    ...(MAJOR_GENRES[row['Major Genre'] ?? ''] ?? []),
    ...(CREATIVE_GENRES[row['Creative Type'] ?? ''] ?? []),
  ]),
]

export const repairMovies = (rows: readonly SourceMovie[]): RepairedMovie[] =>
  rows.map((row, index) => {
    const releaseDate = repairDate(row['Release Date'])
    const rating = row['MPAA Rating'] ?? ''
    return {
      id: index + 1,
      title: repairTitle(row, releaseDate),
      releaseDate,
      year: releaseDate === null ? null : Number(releaseDate.slice(0, 4)),
      runtimeMinutes: row['Running Time min'],
      budget: knownAmount(row['Production Budget']),
      revenue: knownAmount(row['Worldwide Gross']) ?? knownAmount(row['US Gross']),
      voteAverage: row['IMDB Rating'],
      voteCount: row['IMDB Votes'] ?? 0,
      genres: genresOf(row),
      director: repairName(row.Director),
      certification: CERTIFICATIONS.has(rating) ? rating : null,
    }
  })
