/** Every experiment by its id. Adding one is its three files and a line here. */

import { coordination } from './coordination.ts'
import { deadlock } from './deadlock.ts'
import type { Experiment } from './experiment.ts'
import { isolation } from './isolation.ts'
import { lockContention } from './lock-contention.ts'
import { movieSearch } from './movie-search.ts'
import { createPair } from './pair.ts'
import { producerConsumer } from './producer-consumer.ts'
import { race } from './race.ts'
import { scaling } from './scaling.ts'
import { scheduling } from './scheduling.ts'
import { semaphore } from './semaphore.ts'
import { strategies } from './strategies.ts'

/** Two set-ups of one can be measured against each other: what they time ends by itself, which a deadlock does not. */
const comparable = {
  'movie-search': movieSearch,
  strategies,
  scaling,
  scheduling,
  isolation,
  'lock-contention': lockContention,
  semaphore,
  coordination,
  race,
  'producer-consumer': producerConsumer,
} satisfies Record<string, Experiment>

/** In the order in which a course would take them, which is the order of every list. */
export const experiments = {
  'movie-search': movieSearch,
  strategies,
  scaling,
  scheduling,
  isolation,
  'lock-contention': lockContention,
  semaphore,
  coordination,
  race,
  deadlock,
  'producer-consumer': producerConsumer,
  pair: createPair(comparable),
} satisfies Record<string, Experiment>

export const isComparable = (id: string): boolean => Object.hasOwn(comparable, id)

export type ExperimentId = keyof typeof experiments

/** The definition of that id, or null; safe for ids that came over HTTP ('constructor' is none). */
export const findExperiment = (id: string): Experiment | null =>
  Object.hasOwn(experiments, id) ? experiments[id as ExperimentId] : null

/** Those with a lab of their own, in the order of the registry. */
export const listedExperiments: readonly ExperimentId[] = Object.values<Experiment>(experiments)
  .filter(({ listed }) => listed !== false)
  .map(({ id }) => id as ExperimentId)
