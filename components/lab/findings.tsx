/** The sentences that a result supports. */
'use client'

import type { Finding } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'
import type { ExperimentWords } from './experiment-words.ts'

/** Every result has findings, whatever else it is made of. The one that stands as the headline is not said twice. */
export const findingsOf = (run: Run, headline: Finding | null): Finding[] => {
  const findings: Finding[] = Array.isArray(run.result?.findings) ? run.result.findings : []
  return findings.filter((finding) => JSON.stringify(finding) !== JSON.stringify(headline))
}

export function Findings({ findings, words }: { findings: readonly Finding[]; words: ExperimentWords }) {
  return (
    <ul className="flex max-w-prose flex-col gap-2.5">
      {findings.map((finding) => (
        <li key={finding.code + JSON.stringify(finding.values)} className="flex gap-3">
          <span aria-hidden="true" className="mt-[0.7em] h-px w-3 shrink-0 bg-accent" />
          <span>{words.finding(finding)}</span>
        </li>
      ))}
    </ul>
  )
}
