/**
 * The trace and the samples of an ended run as the store keeps them: JSON, compressed. Writing yields between batches, so
 * that a long trace does not hold the server up; a snapshot is made from the text without reading it as JSON.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip, gunzip } from 'node:zlib'
import type { Run } from '../contract/run.ts'
import type { Sample } from '../contract/run-event.ts'
import type { Trace } from '../contract/trace.ts'

export interface RunRecording {
  trace: Trace
  samples: Sample[]
}

const BATCH = 1_000

function* jsonArray(items: readonly unknown[]): Generator<string> {
  yield '['
  for (let from = 0; from < items.length; from += BATCH) {
    const batch = JSON.stringify(items.slice(from, from + BATCH)).slice(1, -1)
    yield from === 0 ? batch : `,${batch}`
  }
  yield ']'
}

function* jsonOf({ trace, samples }: RunRecording): Generator<string> {
  yield '{"trace":{"lanes":'
  yield* jsonArray(trace.lanes)
  yield ',"spans":'
  yield* jsonArray(trace.spans)
  yield ',"flows":'
  yield* jsonArray(trace.flows)
  yield ',"counters":'
  yield* jsonArray(trace.counters)
  yield `,"omitted":${trace.omitted}},"samples":`
  yield* jsonArray(samples)
  yield '}'
}

export const compressRecording = async (recording: RunRecording): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  await pipeline(Readable.from(jsonOf(recording)), createGzip(), async (compressed) => {
    for await (const chunk of compressed) chunks.push(chunk)
  })
  return Buffer.concat(chunks)
}

const EMPTY = '{"trace":{"lanes":[],"spans":[],"flows":[],"counters":[],"omitted":0},"samples":[]}'

/** A run that never began has no body. */
const recordingText = async (body: Uint8Array | null): Promise<string> =>
  body === null ? EMPTY : (await promisify(gunzip)(body)).toString('utf8')

export const readRecording = async (body: Uint8Array | null): Promise<RunRecording> =>
  JSON.parse(await recordingText(body))

/** A Snapshot as JSON, of a run that has ended. */
export const snapshotText = async (run: Run, body: Uint8Array | null): Promise<string> =>
  `{"run":${JSON.stringify(run)},${(await recordingText(body)).slice(1)}`
