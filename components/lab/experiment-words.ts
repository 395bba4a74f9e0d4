/**
 * The words of an experiment by its id, for code that serves them all and so can't name their keys: parameters, presets,
 * findings, questions. What an experiment has no word for is shown by its key, never as an error.
 */
import type { Finding } from '../../lib/contract/comparison.ts'
import type { Run } from '../../lib/contract/run.ts'

/** The translator of all messages, from `useTranslations()` or `getTranslations()`. */
export interface Translator {
  // The keys are made from data here, so they are checked when they are looked up and not by the compiler.
  (key: never, values?: never): string
  has(key: never): boolean
}

export interface ExperimentWords {
  name: string
  /** What it answers: 'Do threads help when the work is waiting?' */
  question: string
  about: string
  paramLabel(param: string): string
  paramHelp(param: string): string | null
  option(param: string, value: string): string
  presetLabel(preset: string): string
  presetHelp(preset: string): string | null
  finding(finding: Finding): string
  ask(question: string, about?: Readonly<Record<string, string>>): string
  answer(question: string, value: string): string
  command(command: string): string
  /** A moment that the timeline names. */
  marker(code: string): string
  /** What a comparison's key is called: a strategy, a lock, 'threads×4'. */
  key(key: string): string
  /** What the times of two set-ups are times of, where that is not a round. */
  timed: string | null
}

/** Beside each text value `strategy` its name as `strategyName`, for messages that don't choose by the key. */
const namesOf = (values: Finding['values'], keyName: (key: string) => string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' ? [[`${name}Name`, keyName(value)]] : [],
    ),
  )

/** Messages are looked up in plain objects, and every object has a 'constructor' that is no message. */
const namesOwnOfObjects = (key: string): boolean => key.split('.').some((name) => name in Object.prototype)

/** @param inner the experiment whose keys it compares, where they aren't its own */
export const experimentWords = (t: Translator, id: string, inner: string = id): ExperimentWords => {
  const find = (key: string, values?: Record<string, string | number>): string | null =>
    !namesOwnOfObjects(key) && t.has(key as never) ? t(key as never, values as never) : null
  const own = (key: string, values?: Record<string, string | number>) => find(`experiments.${id}.${key}`, values)
  const keyName = (key: string): string => {
    // 'threads A' is the threads of set-up A, 'threads×4' four of them, 'mutex@4' the mutex at the sweep's value 4.
    const [, whole = key, side] = /^(.*) ([AB])$/.exec(key) ?? []
    if (side !== undefined) return `${keyName(whole)} · ${side}`
    const [, base = key, mark, count] = /^(.*?)(?:([×@])(.*))?$/.exec(key) ?? []
    const name = find(`experiments.${inner}.keys.${base}`) ?? find(`strategies.${base}`) ?? base
    if (mark === undefined) return name
    return mark === '×' ? `${name} × ${count}` : `${name}: ${count}`
  }
  return {
    name: own('name') ?? id,
    question: own('question') ?? '',
    about: own('about') ?? '',
    paramLabel: (param) => own(`params.${param}.label`) ?? param,
    paramHelp: (param) => own(`params.${param}.help`),
    option: (param, value) => own(`params.${param}.options.${value}`) ?? keyName(value),
    presetLabel: (preset) => own(`presets.${preset}.label`) ?? preset,
    presetHelp: (preset) => own(`presets.${preset}.help`),
    finding: ({ code, values }) => {
      const named = { ...values, ...namesOf(values, keyName) }
      return own(`findings.${code}`, named) ?? find(`comparison.findings.${code}`, named) ?? code
    },
    ask: (question, about = {}) =>
      own(`questions.${question}.ask`, { ...about, ...namesOf(about, keyName) }) ?? question,
    answer: (question, value) => own(`questions.${question}.options.${value}`) ?? keyName(value),
    command: (command) => own(`commands.${command}`) ?? command,
    marker: (code) => own(`markers.${code}`) ?? code,
    key: keyName,
    timed: find(`experiments.${inner}.timed`),
  }
}

/** A pair of set-ups names the experiment that they belong to, and compares its keys. */
export const innerExperiment = ({ params }: Pick<Run, 'params'>): string | undefined =>
  typeof params.experiment === 'string' ? params.experiment : undefined

/** The words for what a run found. */
export const runWords = (t: Translator, run: Pick<Run, 'experiment' | 'params'>): ExperimentWords =>
  experimentWords(t, run.experiment, innerExperiment(run))
