/** Producer and consumer: the queue filling and draining while it happens, rates, blocked time, latency; a sweep's own charts; the balance. */
'use client'

import { producerConsumerHeadline } from '../../lib/experiments/producer-consumer-findings.ts'
import type { ProducerConsumerParams } from '../../lib/experiments/producer-consumer-params.ts'
import { producerConsumerQuestions } from '../../lib/experiments/producer-consumer-questions.ts'
import type { ProducerConsumerResult } from '../../lib/experiments/producer-consumer-result.ts'
import { type ChartsProps, defineView } from './experiment-view.ts'
import { FlowCharts } from './producer-consumer/flow-charts.tsx'
import { LatencyChart } from './producer-consumer/latency-chart.tsx'
import { MessageBalance } from './producer-consumer/message-balance.tsx'
import { SweepCharts } from './producer-consumer/sweep-charts.tsx'

const NO_KILLS: ProducerConsumerResult['kills'] = []

function ProducerConsumerCharts(props: ChartsProps<ProducerConsumerParams, ProducerConsumerResult>) {
  const { params, result, samples, trace } = props
  return (
    <>
      {params.sweep === null ? (
        <FlowCharts
          counters={trace.counters}
          capacity={params.capacity}
          blocks={params.overflow === 'block'}
          kills={result?.kills ?? NO_KILLS}
          neverBlocked={result?.blockedMs === 0}
        />
      ) : (
        <SweepCharts
          overflow={params.overflow}
          sweep={params.sweep}
          rounds={params.rounds}
          result={result}
          samples={samples}
        />
      )}
      <LatencyChart result={result} counters={trace.counters} emulatedMs={params.writeLatencyMs} />
      {result && <MessageBalance result={result} />}
    </>
  )
}

export const producerConsumerView = defineView<ProducerConsumerParams, ProducerConsumerResult>({
  Charts: ProducerConsumerCharts,
  questions: producerConsumerQuestions,
  headline: producerConsumerHeadline,
})
