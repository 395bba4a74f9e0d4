/**
 * How often the reader's predictions came true, kept in this browser only. Each run counts once, however often it is looked at.
 * Whether an answer was right is decided here, for all experiments: a choice by being the same, a number by being near.
 */
import type { Prediction } from '../contract/run.ts'

/** Off by no more than this factor counts as right. */
export const NEAR_FACTOR = 1.25

export type Grade = 'right' | 'wrong'

export const grade = (answer: Prediction['answer'], measured: string | number): Grade => {
  if (typeof measured === 'string') return answer === measured ? 'right' : 'wrong'
  const said = Number(answer)
  if (said === measured) return 'right'
  const ratio = said / measured
  return ratio >= 1 / NEAR_FACTOR && ratio <= NEAR_FACTOR ? 'right' : 'wrong'
}

export interface Tally {
  right: number
  graded: number
}

type Grades = Record<string, Grade>

const STORAGE_KEY = 'interleave.predictions'
/** Older ones are forgotten, so that the browser's storage is not ours to fill. */
const KEPT = 500

/** Counts the run, unless it was counted, and tells the tally. Storage that is refused or damaged counts as empty. */
export const countGrade = (storage: Storage | null, runId: string, given: Grade): Tally => {
  const grades = { ...readGrades(storage), [runId]: given }
  const kept = Object.fromEntries(Object.entries(grades).slice(-KEPT))
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify(kept))
  } catch {
    // Full or forbidden: the tally of this page view is still told.
  }
  return tallyOf(kept)
}

export const readTally = (storage: Storage | null): Tally => tallyOf(readGrades(storage))

const tallyOf = (grades: Grades): Tally => {
  const given = Object.values(grades)
  return { right: given.filter((one) => one === 'right').length, graded: given.length }
}

const readGrades = (storage: Storage | null): Grades => {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}')
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {}
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, Grade] => entry[1] === 'right' || entry[1] === 'wrong'),
    )
  } catch {
    return {}
  }
}
