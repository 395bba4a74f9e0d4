/**
 * The parameters of every experiment that is measured in interleaved rounds: how many count, how many come before and don't, and the
 * seed of their order. One form for all, so that a reader learns them once.
 */
import { z } from 'zod'
import { paramMeta } from './experiment.ts'

const MOST_ROUNDS = 50
/** Six are the least that an interval needs. */
const ROUNDS = 6
const MOST_WARMUP = 5

export const seedParam = () =>
  z
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(1)
    .meta(paramMeta({ control: 'seed', section: 'advanced' }))

export const roundsParam = ({ usual = ROUNDS, most = MOST_ROUNDS } = {}) =>
  z
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .meta(paramMeta({ control: 'slider', unit: 'rounds', section: 'advanced' }))

export const warmupParam = ({ usual = 1 } = {}) =>
  z
    .int()
    .min(0)
    .max(MOST_WARMUP)
    .default(usual)
    .meta(paramMeta({ control: 'slider', unit: 'rounds', section: 'advanced' }))
