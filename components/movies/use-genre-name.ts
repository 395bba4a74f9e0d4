/** Genres in the reader's language. The movie API may answer in English or already translated: what isn't known stays as it is. */
'use client'

import { useTranslations } from 'next-intl'

type GenreKey = Parameters<ReturnType<typeof useTranslations<'movies.genres'>>>[0]

export function useGenreName(): (genre: string) => string {
  const t = useTranslations('movies.genres')
  return (genre) => {
    const key = genre.toLowerCase().replaceAll(/\W+/g, '-') as GenreKey
    return t.has(key) ? t(key) : genre
  }
}
