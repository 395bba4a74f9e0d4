/**
 * All words of the page, a file per namespace and language. English is the shape that typed keys follow; a test holds the
 * Russian files to the same keys.
 */

import type { Locale } from './locales.ts'
import enCharts from './messages/en/charts.json' with { type: 'json' }
import enComparison from './messages/en/comparison.json' with { type: 'json' }
import enDashboard from './messages/en/dashboard.json' with { type: 'json' }
import enErrors from './messages/en/errors.json' with { type: 'json' }
import enCoordination from './messages/en/experiments/coordination.json' with { type: 'json' }
import enDeadlock from './messages/en/experiments/deadlock.json' with { type: 'json' }
import enIsolation from './messages/en/experiments/isolation.json' with { type: 'json' }
import enLockContention from './messages/en/experiments/lock-contention.json' with { type: 'json' }
import enMovieSearch from './messages/en/experiments/movie-search.json' with { type: 'json' }
import enPair from './messages/en/experiments/pair.json' with { type: 'json' }
import enProducerConsumer from './messages/en/experiments/producer-consumer.json' with { type: 'json' }
import enRace from './messages/en/experiments/race.json' with { type: 'json' }
import enScaling from './messages/en/experiments/scaling.json' with { type: 'json' }
import enScheduling from './messages/en/experiments/scheduling.json' with { type: 'json' }
import enSemaphore from './messages/en/experiments/semaphore.json' with { type: 'json' }
import enStrategiesLab from './messages/en/experiments/strategies.json' with { type: 'json' }
import enHome from './messages/en/home.json' with { type: 'json' }
import enLab from './messages/en/lab.json' with { type: 'json' }
import enMovies from './messages/en/movies.json' with { type: 'json' }
import enProgress from './messages/en/progress.json' with { type: 'json' }
import enRuns from './messages/en/runs.json' with { type: 'json' }
import enShell from './messages/en/shell.json' with { type: 'json' }
import enSpans from './messages/en/spans.json' with { type: 'json' }
import enStrategies from './messages/en/strategies.json' with { type: 'json' }
import enTimeline from './messages/en/timeline.json' with { type: 'json' }
import enUi from './messages/en/ui.json' with { type: 'json' }
import enUnits from './messages/en/units.json' with { type: 'json' }
import ruCharts from './messages/ru/charts.json' with { type: 'json' }
import ruComparison from './messages/ru/comparison.json' with { type: 'json' }
import ruDashboard from './messages/ru/dashboard.json' with { type: 'json' }
import ruErrors from './messages/ru/errors.json' with { type: 'json' }
import ruCoordination from './messages/ru/experiments/coordination.json' with { type: 'json' }
import ruDeadlock from './messages/ru/experiments/deadlock.json' with { type: 'json' }
import ruIsolation from './messages/ru/experiments/isolation.json' with { type: 'json' }
import ruLockContention from './messages/ru/experiments/lock-contention.json' with { type: 'json' }
import ruMovieSearch from './messages/ru/experiments/movie-search.json' with { type: 'json' }
import ruPair from './messages/ru/experiments/pair.json' with { type: 'json' }
import ruProducerConsumer from './messages/ru/experiments/producer-consumer.json' with { type: 'json' }
import ruRace from './messages/ru/experiments/race.json' with { type: 'json' }
import ruScaling from './messages/ru/experiments/scaling.json' with { type: 'json' }
import ruScheduling from './messages/ru/experiments/scheduling.json' with { type: 'json' }
import ruSemaphore from './messages/ru/experiments/semaphore.json' with { type: 'json' }
import ruStrategiesLab from './messages/ru/experiments/strategies.json' with { type: 'json' }
import ruHome from './messages/ru/home.json' with { type: 'json' }
import ruLab from './messages/ru/lab.json' with { type: 'json' }
import ruMovies from './messages/ru/movies.json' with { type: 'json' }
import ruProgress from './messages/ru/progress.json' with { type: 'json' }
import ruRuns from './messages/ru/runs.json' with { type: 'json' }
import ruShell from './messages/ru/shell.json' with { type: 'json' }
import ruSpans from './messages/ru/spans.json' with { type: 'json' }
import ruStrategies from './messages/ru/strategies.json' with { type: 'json' }
import ruTimeline from './messages/ru/timeline.json' with { type: 'json' }
import ruUi from './messages/ru/ui.json' with { type: 'json' }
import ruUnits from './messages/ru/units.json' with { type: 'json' }

const en = {
  charts: enCharts,
  comparison: enComparison,
  dashboard: enDashboard,
  errors: enErrors,
  experiments: {
    'lock-contention': enLockContention,
    'movie-search': enMovieSearch,
    deadlock: enDeadlock,
    isolation: enIsolation,
    scaling: enScaling,
    scheduling: enScheduling,
    semaphore: enSemaphore,
    pair: enPair,
    coordination: enCoordination,
    'producer-consumer': enProducerConsumer,
    race: enRace,
    strategies: enStrategiesLab,
  },
  home: enHome,
  lab: enLab,
  movies: enMovies,
  progress: enProgress,
  runs: enRuns,
  shell: enShell,
  spans: enSpans,
  strategies: enStrategies,
  timeline: enTimeline,
  ui: enUi,
  units: enUnits,
}
export type Messages = typeof en

const ru: Messages = {
  charts: ruCharts,
  comparison: ruComparison,
  dashboard: ruDashboard,
  errors: ruErrors,
  experiments: {
    'lock-contention': ruLockContention,
    'movie-search': ruMovieSearch,
    deadlock: ruDeadlock,
    isolation: ruIsolation,
    scaling: ruScaling,
    scheduling: ruScheduling,
    semaphore: ruSemaphore,
    pair: ruPair,
    coordination: ruCoordination,
    'producer-consumer': ruProducerConsumer,
    race: ruRace,
    strategies: ruStrategiesLab,
  },
  home: ruHome,
  lab: ruLab,
  movies: ruMovies,
  progress: ruProgress,
  runs: ruRuns,
  shell: ruShell,
  spans: ruSpans,
  strategies: ruStrategies,
  timeline: ruTimeline,
  ui: ruUi,
  units: ruUnits,
}

export const messagesOf = (locale: Locale): Messages => ({ en, ru })[locale]
