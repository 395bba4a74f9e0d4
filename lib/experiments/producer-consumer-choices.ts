/** The choices of producer-consumer, without zod: for the browser, the model and the programs of the workers. */

export const ARRIVALS = ['steady', 'bursts', 'poisson'] as const
export type Arrivals = (typeof ARRIVALS)[number]

/** What happens to a message that finds the queue full. */
export const OVERFLOWS = ['block', 'drop-newest', 'drop-oldest', 'reject'] as const
export type Overflow = (typeof OVERFLOWS)[number]

export const QUEUES = ['memory', 'sqlite', 'redis'] as const
export type QueueId = (typeof QUEUES)[number]

export const DATABASES = ['sqlite', 'postgres'] as const
export type DatabaseId = (typeof DATABASES)[number]

export const DURABILITIES = ['full', 'normal'] as const
export type Durability = (typeof DURABILITIES)[number]

/** Where in its work a consumer is killed: half of a batch written and nothing committed, or committed and not acknowledged. */
export const KILL_MOMENTS = ['mid-batch', 'after-commit'] as const
export type KillMoment = (typeof KILL_MOMENTS)[number]

export const PRODUCER_CONSUMER_SWEEPS = ['batchSize', 'capacity', 'consumers'] as const
export type ProducerConsumerSweep = (typeof PRODUCER_CONSUMER_SWEEPS)[number]

/** Who serves: one at a time whatever the consumers where the database has one writer. */
export const writersOf = (database: DatabaseId, consumers: number): number => (database === 'sqlite' ? 1 : consumers)
