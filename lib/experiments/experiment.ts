/**
 * What an experiment is to the rest of the house: identity, parameters, result, model, findings. Pure: the execution lives
 * in workers/experiments/<id>.ts and the charts in components/experiments/<id>.tsx, files of the same name.
 */
import type { z } from 'zod'
import type { Finding } from '../contract/comparison.ts'
import type { FieldError } from '../contract/problem.ts'
import type { Machine } from '../contract/run.ts'
import type { Service } from '../contract/service-settings.ts'

/**
 * How a parameter is drawn in the form; set with zod's `.meta()`, so it arrives in the JSON Schema of GET /api/experiments.
 * Labels, help and the names of choices are messages: `experiments.<id>.params.<name>.{label,help,options.<value>}`.
 */
export interface ParamMeta {
  /** A message key under `units`: 'ms', 'us', 'tasks', 'workers', 'per-second', … */
  unit?: string
  /** Left out, the form chooses by type: an enum becomes choices, a bounded number a slider, a boolean a switch. */
  control?: 'slider' | 'number' | 'choices' | 'select' | 'switch' | 'text' | 'sweep' | 'seed'
  /** A slider over orders of magnitude. */
  scale?: 'linear' | 'log'
  step?: number
  /** 'basic' stands open, 'advanced' behind a disclosure. */
  section?: 'basic' | 'advanced'
  /** Shown only while another parameter has one of these values. */
  visibleWhen?: { param: string; in: readonly (string | number | boolean)[] }
}

/** What `.meta()` is given: checked here, and of the loose type that zod asks for. */
export const paramMeta = <const Meta extends ParamMeta>(meta: Meta): Meta => meta

/** One question asked before a run; its right answer is read off the result. Messages: `experiments.<id>.questions.<id>`. */
export interface Question<Params, Result> {
  id: string
  kind: 'choice' | 'number'
  /** The answers of a choice, as comparison keys or message keys. */
  options(params: Params): readonly string[]
  /** What was measured, in the same words as the options or as a number; null where the result can't tell. */
  answer(result: Result, params: Params): string | number | null
  /** What its words speak of, where that depends on the parameters: values of the message. */
  asksAbout?(params: Params): Readonly<Record<string, string>>
}

/** A choice that needs a server which need not be there; shown as unavailable and refused while it isn't. */
export interface ServiceNeed {
  /** Its name, or its path where parameters hold those of other experiments. */
  param: string
  value: string
  service: Service
}

/** What an experiment needs of the movie API. */
export interface MovieApiNeed {
  /** Parameters, as paths, whose values ask for conditions that only the embedded one emulates. */
  emulated: readonly string[]
}

export interface Preset<Params> {
  id: string
  params: Partial<Params>
}

export interface Experiment<Schema extends z.ZodObject = z.ZodObject, Result extends object = Record<string, unknown>> {
  id: string
  /** false: it has no lab page of its own; runs of it come from elsewhere. */
  listed?: boolean
  /** Every parameter has a default; refusals are zod issues whose message says what is accepted. */
  params: Schema
  /** Combinations that make no sense, which single fields can't express. Empty: accepted. Paths start at the parameter. */
  check?(params: z.output<Schema>, machine: Machine): FieldError[]
  /** Fills parameters whose default depends on the machine (the number of cores) or on another parameter. */
  resolve?(params: z.output<Schema>, machine: Machine): z.output<Schema>
  result: z.ZodType<Result>
  presets: readonly Preset<z.input<Schema>>[]
  /** Beyond 'cancel'. */
  commands: readonly string[]
  needs?: readonly ServiceNeed[]
  /** Given, and not null: with these parameters it asks the movie API, so a run waits until that is in service. */
  movieApi?(params: z.output<Schema>): MovieApiNeed | null
  /** How long it should take, start-up and warm-up included. */
  estimateMs(params: z.output<Schema>, machine: Machine): number
  /** Threads and processes that are alive at the same time, where they are many: each is allowed memory of its own. */
  workersAtOnce?(params: z.output<Schema>, machine: Machine): number
  /** One round of this set-up, to be paired with another; where it has `rounds`, only what else a round needs to be one. */
  oneRound?(params: z.output<Schema>): z.output<Schema>
  /**
   * What the median time of a round's samples is a time of, where the result is no comparison: the times of two set-ups for
   * which this differs measure different things.
   */
  measuredAs?(params: z.output<Schema>): string
  /** The finding that stands for the whole result; null when it supports no sentence. */
  headline(result: Result, params: z.output<Schema>): Finding | null
  questions: readonly Question<z.output<Schema>, Result>[]
}

/** Checks a definition against its own schemas; the value is returned unchanged. */
export const defineExperiment = <Schema extends z.ZodObject, Result extends object>(
  experiment: Experiment<Schema, Result>,
): Experiment<Schema, Result> => experiment
