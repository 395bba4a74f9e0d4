/** Movies: searching films, by whichever strategy. */
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MovieSearchPage } from '#components/movies/movie-search-page.tsx'
import { ClientMessages } from '#components/shell/client-messages.tsx'

interface MoviesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ searchParams }: MoviesPageProps): Promise<Metadata> {
  const t = await getTranslations('movies')
  const { query } = await searchParams
  const asked = typeof query === 'string' ? query.trim().slice(0, 200) : ''
  return { title: asked ? t('titleFor', { query: asked }) : t('title'), description: t('description') }
}

export default function MoviesPage() {
  return (
    <ClientMessages namespaces={['movies', 'spans']}>
      <MovieSearchPage />
    </ClientMessages>
  )
}
