import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { array, arrayWorkload, generateArray, joinArray, mergeSorted } from './array.ts'
import { addToChecksum, checksumOf, emptyChecksum } from './checksum.ts'
import { database } from './database.ts'
import { disk } from './disk.ts'
import { fibonacci, fibonacciLeaves, fibonacciWorkload, joinFibonacci } from './fibonacci.ts'
import { generateImage, image, imageWorkload, joinImage } from './image.ts'
import { generateMatrices, joinMatrix, matrix, matrixWorkload } from './matrix.ts'
import { doubleSha256, leadingZeroBits, mining } from './mining.ts'
import { cutRange, type GenerateArgs, type GeneratedInput, NO_INPUT } from './workload.ts'

const idle = { cancelled: () => false }
const cancelled = { cancelled: () => true }

describe('cutRange', () => {
  it('covers the range without gap or overlap, in pieces that differ by at most one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 512 }), (total, tasks) => {
        const pieces = cutRange(total, tasks)
        assert.equal(pieces[0]?.from, 0)
        assert.equal(pieces.at(-1)?.to, total)
        for (let i = 1; i < pieces.length; i++) assert.equal(pieces[i]?.from, pieces[i - 1]?.to)
        const lengths = pieces.map(({ from, to }) => to - from)
        assert.ok(Math.min(...lengths) >= 1 && Math.max(...lengths) - Math.min(...lengths) <= 1)
      }),
    )
  })
})

describe('the checksum', () => {
  it('is FNV-1a: the published values of "a" and "foobar"', () => {
    const of = (text: string) => checksumOf(new TextEncoder().encode(text))
    assert.equal(of('a'), 'e40c292c')
    assert.equal(of('foobar'), 'bf9cf968')
  })

  it('does not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, at) => {
        const cut = addToChecksum(addToChecksum(emptyChecksum, bytes.subarray(0, at)), bytes.subarray(at))
        assert.equal(cut, addToChecksum(emptyChecksum, bytes))
      }),
    )
  })
})

describe('fibonacci', () => {
  it('joins the leaves of any cut to the published fib(25) = 75025', () => {
    for (const tasks of [1, 2, 7, 64]) {
      const parts = fibonacciLeaves(25, tasks).map((n) => fibonacci({ n }, idle))
      assert.ok(parts.length >= tasks)
      assert.equal(joinFibonacci({ parts }).artefact?.value, 75_025)
    }
  })

  it('starts the largest leaf first', () => {
    const { sizes } = fibonacciWorkload.cut({
      size: 'small',
      tasks: 9,
      seed: 1,
      memory: 'shared',
      input: NO_INPUT,
    })
    assert.deepEqual(
      sizes,
      sizes?.toSorted((a, b) => b - a),
    )
  })

  it('stops when it is cancelled', () => {
    assert.throws(() => fibonacci({ n: 40 }, cancelled), /cancelled/)
  })
})

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

describe('matrix', () => {
  it('multiplies as the worked example [[1,2],[3,4]] × [[5,6],[7,8]] = [[19,22],[43,50]]', () => {
    const product = matrix(
      { n: 2, rows: 2, a: Float64Array.of(1, 2, 3, 4), b: Float64Array.of(5, 6, 7, 8), out: null },
      idle,
    )
    assert.deepEqual([...(product ?? [])], [19, 22, 43, 50])
  })
})

describe('image', () => {
  it('finds no edge in an even surface and a bright one between black and white', () => {
    const width = 40
    const rows = 40
    const input = new Uint8ClampedArray(width * rows * 4).fill(128)
    const even = image({ width, rows, from: 0, to: rows, input, out: null }, idle)
    assert.ok(even?.every((value, at) => (at % 4 === 3 ? value === 255 : value === 0)))
    for (let at = 0; at < input.length; at++) input[at] = Math.floor(at / 4) % width < 20 ? 0 : 255
    const edge = image({ width, rows, from: 0, to: rows, input, out: null }, idle)
    const brightness = (x: number) => edge?.[(20 * width + x) * 4] ?? 0
    assert.ok(brightness(20) > 100)
    assert.equal(brightness(2), 0)
  })
})

describe('array', () => {
  it('merges any sorted stretches into what sorting the whole gives', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.double({ noNaN: true }), { maxLength: 30 }), { maxLength: 9 }), (lists) => {
        const stretches = lists.map((list) => Float64Array.from(list).sort())
        assert.deepEqual(mergeSorted(stretches), Float64Array.from(lists.flat()).sort())
      }),
      { examples: [[[[0], [-0]]], [[[-0], [-0, 0]]]] },
    )
  })
})

describe('mining', () => {
  it("finds the nonce of Bitcoin's block 0, whose hash is published", () => {
    const header = Buffer.from(
      `01000000${'0'.repeat(64)}3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c`,
      'hex',
    )
    assert.equal(leadingZeroBits(doubleSha256(header)), 43)
    const found = mining({ header, from: 2_083_236_800, to: 2_083_237_000, zeroBits: 32 }, idle)
    assert.equal(found.nonce, 2_083_236_893)
    assert.equal(found.hash, '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
  })
})

describe('disk', () => {
  it('reads back what it wrote and leaves no file behind', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'interleave-disk-'))
    try {
      const args = { folder, bytes: 4_096, seed: 3 }
      const [first, again, other] = [
        await disk({ ...args, index: 1 }),
        await disk({ ...args, index: 1 }),
        await disk({ ...args, index: 2 }),
      ]
      assert.equal(first, again)
      assert.notEqual(first, other)
      assert.deepEqual(await readdir(folder), [])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('fails clearly where it may not write', async () => {
    await assert.rejects(
      disk({ folder: path.join(tmpdir(), 'interleave-no-such-folder'), index: 0, bytes: 8, seed: 1 }),
      /ENOENT/,
    )
  })
})

describe('database', () => {
  it('counts the same rows when a task runs again on the same file', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'interleave-database-'))
    const kept = new Map<string, Disposable | AsyncDisposable>()
    const context = {
      cancelled: () => false,
      resource: <T extends Disposable | AsyncDisposable>(key: string, create: () => T): T => {
        const made = (kept.get(key) as T | undefined) ?? create()
        kept.set(key, made)
        return made
      },
    }
    try {
      const args = { folder, index: 3, transactions: 2, seed: 1 }
      const first = database(args, context)
      assert.equal(first.rows, 10)
      assert.deepEqual(database(args, context), first)
    } finally {
      for (const resource of kept.values()) if (Symbol.dispose in resource) resource[Symbol.dispose]()
      await rm(folder, { recursive: true })
    }
  })
})
