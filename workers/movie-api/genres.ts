/**
 * The genres of the embedded movie API: TMDB's ids and names where the data means the same, own ids from 900,001 on, far
 * outside TMDB's range, where it has no equal (a musical is not TMDB's "Music"). A romantic comedy is both of TMDB's genres.
 */

export interface Genre {
  id: number
  name: string
}

const action: Genre = { id: 28, name: 'Action' }
const adventure: Genre = { id: 12, name: 'Adventure' }
const comedy: Genre = { id: 35, name: 'Comedy' }
const documentary: Genre = { id: 99, name: 'Documentary' }
const drama: Genre = { id: 18, name: 'Drama' }
const fantasy: Genre = { id: 14, name: 'Fantasy' }
const horror: Genre = { id: 27, name: 'Horror' }
const romance: Genre = { id: 10749, name: 'Romance' }
const scienceFiction: Genre = { id: 878, name: 'Science Fiction' }
const thriller: Genre = { id: 53, name: 'Thriller' }
const western: Genre = { id: 37, name: 'Western' }
const musical: Genre = { id: 900_001, name: 'Musical' }
const blackComedy: Genre = { id: 900_002, name: 'Black Comedy' }
const concert: Genre = { id: 900_003, name: 'Concert' }

/** The data's "Major Genre". */
export const MAJOR_GENRES: Readonly<Record<string, readonly Genre[]>> = {
  Action: [action],
  Adventure: [adventure],
  'Black Comedy': [comedy, blackComedy],
  Comedy: [comedy],
  'Concert/Performance': [concert],
  Documentary: [documentary],
  Drama: [drama],
  Horror: [horror],
  Musical: [musical],
  'Romantic Comedy': [comedy, romance],
  'Thriller/Suspense': [thriller],
  Western: [western],
}

/** The data's "Creative Type", where it names what TMDB calls a genre. */
export const CREATIVE_GENRES: Readonly<Record<string, readonly Genre[]>> = {
  Fantasy: [fantasy],
  'Science Fiction': [scienceFiction],
}

/** All of them, by name, as `/genre/movie/list` gives them. */
export const GENRES: readonly Genre[] = [
  ...new Set([...Object.values(MAJOR_GENRES), ...Object.values(CREATIVE_GENRES)].flat()),
].sort((a, b) => (a.name < b.name ? -1 : 1))

/** As TMDB calls them in Russian; the own ones in the same manner. */
const RUSSIAN_NAMES: Readonly<Record<number, string>> = {
  [action.id]: 'боевик',
  [adventure.id]: 'приключения',
  [comedy.id]: 'комедия',
  [documentary.id]: 'документальный',
  [drama.id]: 'драма',
  [fantasy.id]: 'фэнтези',
  [horror.id]: 'ужасы',
  [romance.id]: 'мелодрама',
  [scienceFiction.id]: 'фантастика',
  [thriller.id]: 'триллер',
  [western.id]: 'вестерн',
  [musical.id]: 'мюзикл',
  [blackComedy.id]: 'чёрная комедия',
  [concert.id]: 'концерт',
}

/** `language` is TMDB's parameter ('ru-RU'). Titles exist in one language only, genres in two. */
export const nameGenre = ({ id, name }: Genre, language: string): Genre => ({
  id,
  name: /^ru\b/i.test(language) ? (RUSSIAN_NAMES[id] ?? name) : name,
})
