/** Home: what this is, the first comparison one press away, the three pictures of what was measured last, the search, and a card for every experiment. */
import { useTranslations } from 'next-intl'
import { Braid } from '#components/home/braid.tsx'
import { ExperimentCards } from '#components/home/experiment-cards.tsx'
import { LatestRuns } from '#components/lab/latest-runs.tsx'
import { MovieSearchBox } from '#components/movies/movie-search-box.tsx'
import { compareAddress, DEFAULT_SEARCH } from '#components/movies/search-address.ts'
import { ClientMessages } from '#components/shell/client-messages.tsx'
import { buttonClasses } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { listedExperiments } from '#lib/experiments/registry.ts'
import { Link } from '#lib/i18n/navigation.ts'
import { latestRuns } from '#lib/runs/last-runs.ts'
import { HomeDashboard } from './home-dashboard.tsx'
import { miniaturesOf } from './miniatures-of.tsx'

const LATEST = 5

export default function HomePage() {
  const t = useTranslations('home')
  return (
    <div className="flex flex-col gap-20 pt-10 sm:pt-16">
      <section className="grid items-center gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-6">
          <h1 className="text-3xl sm:text-4xl">{t('heading')}</h1>
          <p className="max-w-prose text-lg text-muted">{t('lead')}</p>
          <div className="flex flex-col items-start gap-3">
            <Link href={compareAddress('')} prefetch={false} className={buttonClasses('primary', 'lg')}>
              <Icon name="play" />
              {t('compare')}
            </Link>
            <p className="max-w-md text-sm text-faint">{t('compareNote')}</p>
          </div>
        </div>
        <div className="max-lg:hidden">
          <Braid />
        </div>
      </section>
      <HomeDashboard />
      <section className="flex max-w-3xl flex-col gap-3">
        <h2 className="text-lg">{t('search')}</h2>
        <ClientMessages namespaces={['movies']}>
          <MovieSearchBox search={DEFAULT_SEARCH} />
        </ClientMessages>
      </section>
      <section className="flex flex-col gap-6">
        <header className="flex flex-col gap-1">
          <h2 className="text-2xl">{t('experiments')}</h2>
          <p className="text-muted">{t('experimentsNote')}</p>
        </header>
        <ExperimentCards ids={listedExperiments} miniatures={miniaturesOf(listedExperiments)} />
      </section>
      <section className="flex flex-col gap-6">
        <h2 className="text-2xl">{t('latest')}</h2>
        <LatestRuns runs={latestRuns(LATEST)} />
      </section>
    </div>
  )
}
