/** What every thread executes, as code: the lines under a lock are marked, so that it can be seen what the guard leaves out. */
'use client'

import { useTranslations } from 'next-intl'
import type { RaceParams } from '../../lib/experiments/race.ts'
import { type ProgramLine, raceProgram } from '../../lib/experiments/race-program.ts'
import { Panel } from '../ui/panel.tsx'

/** Neighbouring lines under one lock share its frame. */
const blocksOf = (lines: readonly ProgramLine[]): { lock: string | null; lines: string[] }[] => {
  const blocks: { lock: string | null; lines: string[] }[] = []
  for (const { text, lock } of lines) {
    const last = blocks.at(-1)
    if (last && last.lock === lock) last.lines.push(text)
    else blocks.push({ lock, lines: [text] })
  }
  return blocks
}

export function RaceProgram({ params }: { params: RaceParams }) {
  const t = useTranslations('experiments.race.program')
  return (
    <Panel id="program" title={t('title')} description={t('about', { gap: params.gapNs })}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {raceProgram(params).map(({ role, lines }) => (
          <div key={role} className="min-w-0">
            <p className="mb-2 text-sm font-medium">{t(`roles.${role}`)}</p>
            {blocksOf(lines).map((block, index) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one program never change their order
                key={index}
                className={
                  block.lock === null
                    ? 'border-l-4 border-transparent pl-3'
                    : 'border-l-4 border-[var(--span-held)] bg-sunken pl-3'
                }
              >
                {block.lock !== null && <p className="pt-1 text-xs text-muted">{t(`locks.${block.lock}` as never)}</p>}
                <pre className="overflow-x-auto py-1 font-mono text-sm">{block.lines.join('\n')}</pre>
              </div>
            ))}
          </div>
        ))}
      </div>
    </Panel>
  )
}
