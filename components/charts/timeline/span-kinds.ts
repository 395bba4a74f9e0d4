/**
 * The kinds of spans as small numbers, so that a row of spans fits typed arrays. Written out again because the contract's list
 * lives beside its zod schema, and zod stays out of the browser; a test holds the two lists equal.
 */
import type { SpanKind } from '#lib/contract/trace.ts'

export const KIND_ORDER = [
  'cpu',
  'io',
  'wait',
  'held',
  'contended',
  'startup',
  'copy',
  'commit',
  'blocked',
  'idle',
] as const satisfies readonly SpanKind[]

export const KIND_COUNT = KIND_ORDER.length

const CODES = new Map<SpanKind, number>(KIND_ORDER.map((kind, code) => [kind, code]))

export const kindCode = (kind: SpanKind): number => CODES.get(kind) ?? 0
export const kindOf = (code: number): SpanKind => KIND_ORDER[code] ?? 'cpu'
