/** The dashboard with what was measured last: reads the runs, works out what the pictures draw, and says it in the reader's language. */
import { useTranslations } from 'next-intl'
import { Dashboard, type GivenPicture } from '#components/home/dashboard.tsx'
import { flowPicture, locksPicture, strategiesPicture } from '#components/home/dashboard-pictures.ts'
import { experimentWords } from '#components/lab/experiment-words.ts'
import { ClientMessages } from '#components/shell/client-messages.tsx'
import { STRATEGIES } from '#lib/contract/strategy.ts'
import type { DashboardExperiment } from '#lib/experiments/dashboard-runs.ts'
import { lockContention } from '#lib/experiments/lock-contention.ts'
import { CONTENDED_LOCKS } from '#lib/experiments/lock-contention-locks.ts'
import { producerConsumer } from '#lib/experiments/producer-consumer.ts'
import { strategies } from '#lib/experiments/strategies.ts'
import { type LastRun, lastRun } from '#lib/runs/last-runs.ts'

export function HomeDashboard() {
  const t = useTranslations()
  const runs: Record<DashboardExperiment, LastRun | null> = {
    strategies: lastRun('strategies'),
    'lock-contention': lastRun('lock-contention'),
    // Of a sweep no single flow was watched.
    'producer-consumer': lastRun('producer-consumer', ({ params }) => params.sweep === null),
  }
  const given = (id: DashboardExperiment): GivenPicture => {
    const words = experimentWords(t, id)
    const last = runs[id]
    return {
      name: words.name,
      question: words.question,
      last: last && {
        runId: last.run.id,
        sentence: last.headline ? words.finding(last.headline) : words.question,
        createdAt: last.run.createdAt,
      },
    }
  }
  // A run of an older version may have a result of another shape: its picture is left empty.
  const timed = strategies.result.safeParse(runs.strategies?.run.result)
  const contended = lockContention.result.safeParse(runs['lock-contention']?.run.result)
  const flowed = producerConsumer.result.safeParse(runs['producer-consumer']?.run.result)
  const capacity = producerConsumer.params.shape.capacity.safeParse(runs['producer-consumer']?.run.params.capacity)
  const labels = [
    ...STRATEGIES.map((key) => [key, experimentWords(t, 'strategies').key(key)]),
    ...CONTENDED_LOCKS.map((key) => [key, experimentWords(t, 'lock-contention').key(key)]),
  ]
  return (
    <ClientMessages namespaces={['dashboard', 'units']}>
      <Dashboard
        pictures={{
          strategies: given('strategies'),
          'lock-contention': given('lock-contention'),
          'producer-consumer': given('producer-consumer'),
        }}
        drawings={{
          strategies: timed.success ? strategiesPicture(timed.data) : [],
          'lock-contention': contended.success ? locksPicture(contended.data) : [],
          'producer-consumer': flowed.success && capacity.success ? flowPicture(flowed.data, capacity.data) : null,
        }}
        labels={Object.fromEntries(labels)}
      />
    </ClientMessages>
  )
}
