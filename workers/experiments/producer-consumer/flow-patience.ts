/**
 * How long those who take part in a flow wait for each other before that is a failure, and how long a claim is a consumer's own. Every
 * transaction may be slowed down, and where the database has one writer the others wait for it: so both grow with the slowness.
 */
import type { ProducerConsumerParams } from '#lib/experiments/producer-consumer-params.ts'

const LOCK_TIMEOUT_MS = 10_000
/** Who wants the lock gets it by chance: of so many times that all others had it in turn, once surely. */
const TURNS = 20

/** To be added to every lease. */
export const slowTurnsMs = ({
  consumers,
  writeLatencyMs,
}: Pick<ProducerConsumerParams, 'consumers' | 'writeLatencyMs'>): number => TURNS * consumers * writeLatencyMs

export const lockTimeoutMs = (params: Pick<ProducerConsumerParams, 'consumers' | 'writeLatencyMs'>): number =>
  LOCK_TIMEOUT_MS + slowTurnsMs(params)
