/** Starts a run, cancels it, sends the commands it accepts now. Ctrl or ⌘ with Enter runs from anywhere on the page. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useState } from 'react'
import type { ApiProblem } from '../../lib/client/api.ts'
import { sendCommand } from '../../lib/client/run-actions.ts'
import type { Run } from '../../lib/contract/run.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { Button } from '../ui/button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import type { ExperimentWords } from './experiment-words.ts'

export interface RunControlsProps {
  /** The run that is queued or going; null while none is. */
  run: Run | null
  words: ExperimentWords
  canStart: boolean
  isStarting: boolean
  /** Labels of the fields to be put right first. */
  wrongFields: readonly string[]
  onStart: () => Promise<void>
}

export function RunControls({ run, words, canStart, isStarting, wrongFields, onStart }: RunControlsProps) {
  const t = useTranslations('lab')
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !canStart) return
    event.preventDefault()
    void onStart()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])

  if (run) return <RunCommands key={run.id} run={run} words={words} />
  return (
    <div className="flex flex-col gap-2">
      <Button
        type="submit"
        variant="primary"
        size="lg"
        icon="play"
        busy={isStarting}
        disabled={!canStart}
        className="w-full"
      >
        {t('run')}
      </Button>
      <p className="text-xs text-faint lg:min-h-[1.4em]">
        {wrongFields.length > 0 ? (
          <span className="text-negative">{t('putRight', { fields: wrongFields.join(', ') })}</span>
        ) : (
          <span className="hidden items-center gap-1.5 lg:inline-flex">
            <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> {t('runShortcut')}
          </span>
        )}
      </p>
    </div>
  )
}

export interface RunCommandsProps {
  run: Run
  words: ExperimentWords
  /** A row where they stand beside other buttons. */
  layout?: 'column' | 'row'
}

/** The buttons of a run that is queued or going. */
export function RunCommands({ run, words, layout = 'column' }: RunCommandsProps) {
  const t = useTranslations('lab')
  const size = layout === 'column' ? 'lg' : 'md'
  const [sent, setSent] = useState<string | null>(null)
  const [used, setUsed] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const send = async (command: string): Promise<void> => {
    setSent(command)
    setUsed([...used, command])
    setProblem(null)
    const answer = await sendCommand(run.id, command)
    // 409: it ended, or it was done, a moment before. The stream tells.
    if (answer.problem && answer.problem.status !== 409) setProblem(answer.problem)
    if (answer.problem || command !== 'cancel') setSent(null)
  }
  // One that is under way is not accepted meanwhile; its button stays in its place.
  const own = [...new Set([...run.commands, ...used])].filter((command) => command !== 'cancel')
  return (
    <div className={layout === 'column' ? 'flex flex-col gap-2' : 'flex flex-wrap items-center gap-3'}>
      {problem && <ProblemAlert problem={problem} />}
      {own.map((command) => (
        <Button
          key={command}
          size={size}
          onClick={() => void send(command)}
          busy={sent === command || !run.commands.includes(command)}
          className={layout === 'column' ? 'w-full' : undefined}
        >
          {words.command(command)}
        </Button>
      ))}
      <Button
        variant="danger"
        size={size}
        icon="stop"
        busy={sent === 'cancel'}
        disabled={!run.commands.includes('cancel')}
        onClick={() => void send('cancel')}
        className={layout === 'column' ? 'w-full' : undefined}
      >
        {sent === 'cancel' || !run.commands.includes('cancel') ? t('cancelling') : t('cancel')}
      </Button>
      {layout === 'column' && <p className="min-h-[1.4em] text-xs text-faint">{t('mayLeave')}</p>}
    </div>
  )
}
