import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { array, arrayWorkload, generateArray, joinArray } from './array.ts'
import { checksumOf } from './checksum.ts'
import { generateImage, image, imageWorkload, joinImage } from './image.ts'
import { generateMatrices, joinMatrix, matrix, matrixWorkload } from './matrix.ts'
import type { GenerateArgs, GeneratedInput } from './workload.ts'

const idle = { cancelled: () => false }

const generated = (workload: { input?: GeneratedInput }, generate: (args: GenerateArgs) => null): SharedArrayBuffer => {
  const memory = new SharedArrayBuffer(workload.input?.bytes('small') ?? 0)
  generate({ memory, size: 'small', seed: 7 })
  return memory
}

const inputs = {
  matrix: generated(matrixWorkload, generateMatrices),
  image: generated(imageWorkload, generateImage),
  array: generated(arrayWorkload, generateArray),
}

const answers = (memory: 'shared' | 'copied', tasks: number) => {
  const options = { size: 'small', tasks, seed: 7, memory } as const
  const m = matrixWorkload.cut({ ...options, input: inputs.matrix })
  const i = imageWorkload.cut({ ...options, input: inputs.image })
  const a = arrayWorkload.cut({ ...options, input: inputs.array })
  return {
    matrix: joinMatrix({
      parts: m.argsList.map((args) => matrix(args, idle)),
      whole: m.joinArgs.whole,
    }).checksum,
    image: joinImage({
      parts: i.argsList.map((args) => image(args, idle)),
      whole: i.joinArgs.whole,
    }).checksum,
    array: joinArray({ parts: a.argsList.map((args) => array(args)) }).checksum,
  }
}

describe('workloads over large buffers', () => {
  it('give the same answer in shared memory and by copying, whole and cut', () => {
    const whole = answers('shared', 1)
    assert.deepEqual(answers('copied', 1), whole)
    assert.deepEqual(answers('shared', 7), whole)
    assert.deepEqual(answers('copied', 16), whole)
  })

  it('leave their input as it is, so that it serves every round', () => {
    const before = Object.values(inputs).map((input) => checksumOf(new Uint8Array(input)))
    answers('shared', 3)
    answers('copied', 3)
    assert.deepEqual(
      Object.values(inputs).map((input) => checksumOf(new Uint8Array(input))),
      before,
    )
  })

  it('share it with threads without copying, where no task writes to it', () => {
    const options = { size: 'small', tasks: 2, seed: 7, memory: 'shared' } as const
    const [m] = matrixWorkload.cut({ ...options, input: inputs.matrix }).argsList
    const [i] = imageWorkload.cut({ ...options, input: inputs.image }).argsList
    assert.ok(m?.a.buffer === inputs.matrix && m.b.buffer === inputs.matrix && i?.input.buffer === inputs.image)
  })

  it('copy nothing when memory is shared; else the bytes of their arguments and results', () => {
    const options = { size: 'small', tasks: 4, seed: 7 } as const
    const cuts = (memory: 'shared' | 'copied') => ({
      m: matrixWorkload.cut({ ...options, memory, input: inputs.matrix }),
      i: imageWorkload.cut({ ...options, memory, input: inputs.image }),
      a: arrayWorkload.cut({ ...options, memory, input: inputs.array }),
    })
    for (const { copiedBytes } of Object.values(cuts('shared'))) {
      assert.deepEqual(copiedBytes, { toWorkers: 0, fromWorkers: 0 })
    }
    const { m, i, a } = cuts('copied')
    const sum = (views: readonly (ArrayBufferView | null)[]) =>
      views.reduce((bytes, view) => bytes + (view?.byteLength ?? 0), 0)
    // Of ordinary memory all that is behind a view is sent: it is the buffers that count.
    const buffers = (views: readonly ArrayBufferView[]) => sum(views.map(({ buffer }) => new Uint8Array(buffer)))
    assert.deepEqual(
      [m, i, a].map(({ copiedBytes }) => copiedBytes),
      [
        {
          toWorkers: buffers(m.argsList.flatMap(({ a, b }) => [a, b])),
          fromWorkers: sum(m.argsList.map((args) => matrix(args, idle))),
        },
        {
          toWorkers: buffers(i.argsList.map(({ input }) => input)),
          fromWorkers: sum(i.argsList.map((args) => image(args, idle))),
        },
        {
          toWorkers: buffers(a.argsList.map(({ values }) => values)),
          fromWorkers: sum(a.argsList.map((args) => array(args).sorted)),
        },
      ],
    )
  })
})
