/**
 * The state of one end of a bounded queue, in one int32. Only its bits and their arithmetic: who changes the word, and when, is
 * queue-end.ts.
 *
 *   bit 0        closed
 *   bit 1        threads of the other end may be asleep on this word
 *   bit 2        threads of this end may be asleep at the entrance
 *   bits 3–10    who is inside, 0 = nobody
 *   bits 11–31   messages that went through, modulo 2^21: counts are compared by their difference
 */
const CLOSED = 1
const SLEEPERS = 2
const QUEUING = 4
const OWNER_SHIFT = 3
export const MAX_PARTICIPANT = 255
const OWNER = MAX_PARTICIPANT << OWNER_SHIFT
const COUNT_SHIFT = 11
/** One message. */
const ONE = 1 << COUNT_SHIFT
const COUNT = ~(ONE - 1)
/** More would not be told from less, round the wrap. */
export const MAX_BETWEEN = 2 ** 20

/** In one object, for who changes states to make constants of its own: an import is looked up each time it is used. */
export const STATE_BITS = { CLOSED, SLEEPERS, QUEUING, OWNER_SHIFT, OWNER, ONE, COUNT }

export const isClosed = (state: number): boolean => (state & CLOSED) !== 0

/** The number of the message that comes next, modulo 2^21. */
export const positionOf = (state: number): number => state >>> COUNT_SHIFT

/** Messages from one state to a later one, round the wrap. */
export const between = (from: number, to: number): number => ((to & COUNT) - (from & COUNT)) >>> COUNT_SHIFT

/** A state with its count so many messages before it wraps. */
export const stateBeforeWrap = (messages: number): number => -messages << COUNT_SHIFT
