/**
 * Edges of a picture: a separable Gaussian blur, then Sobel's gradient, over a generated RGBA picture; a task is a band of
 * rows, read with a margin above and below, so that bands join without a seam. Sigma 3, radius 9; borders repeat the edge pixel.
 */
import { defineTask, type TaskContext } from '../executors/executor.ts'
import { addToChecksum, checksumText, emptyChecksum } from './checksum.ts'
import { generatePicture } from './generated-picture.ts'
import {
  type Cut,
  type CutOptions,
  cutRange,
  type GenerateArgs,
  type Joined,
  type Workload,
  type WorkloadSize,
} from './workload.ts'

export interface ImageArgs {
  width: number
  /** Rows of `input`; the band to compute is `from` to `to` of them. */
  rows: number
  from: number
  to: number
  /** RGBA: the band and its margins, or the whole picture in shared memory. */
  input: Uint8ClampedArray
  out: Uint8ClampedArray | null
}
export type ImagePart = Uint8ClampedArray | null

export interface ImageWhole {
  /** The whole picture of edges, when it is in shared memory. */
  whole: Uint8ClampedArray | null
}

const SIZE: Record<WorkloadSize, [number, number]> = { small: [1280, 800], medium: [2560, 1600], large: [3840, 2400] }
const RADIUS = 9
const SIGMA = 3
/** The blur needs RADIUS rows around a pixel, the gradient one more. */
const MARGIN = RADIUS + 1

const kernel = (() => {
  const weights = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA * SIGMA)))
  const sum = weights.reduce((a, b) => a + b)
  return Float32Array.from(weights, (weight) => weight / sum)
})()

const clamp = (value: number, high: number): number => Math.max(0, Math.min(value, high))

/** Brightness (ITU-R BT.601) of `count` rows from `first`, rows beyond the picture repeating its edge. */
const luminance = ({ input, width, rows }: ImageArgs, first: number, count: number): Float32Array => {
  const gray = new Float32Array(width * count)
  for (let y = 0; y < count; y++) {
    const source = clamp(first + y, rows - 1) * width
    for (let x = 0; x < width; x++) {
      const at = (source + x) * 4
      gray[y * width + x] =
        0.299 * (input[at] as number) + 0.587 * (input[at + 1] as number) + 0.114 * (input[at + 2] as number)
    }
  }
  return gray
}

const blurRows = (source: Float32Array, width: number, count: number): Float32Array => {
  const blurred = new Float32Array(width * count)
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = -RADIUS; k <= RADIUS; k++) {
        sum += (kernel[k + RADIUS] as number) * (source[y * width + clamp(x + k, width - 1)] as number)
      }
      blurred[y * width + x] = sum
    }
  }
  return blurred
}

const blurColumns = (source: Float32Array, width: number, count: number): Float32Array => {
  const rows = count - 2 * RADIUS
  const blurred = new Float32Array(width * rows)
  for (let y = 0; y < rows; y++) {
    for (let k = 0; k <= 2 * RADIUS; k++) {
      const weight = kernel[k] as number
      const from = (y + k) * width
      for (let x = 0; x < width; x++) {
        blurred[y * width + x] = (blurred[y * width + x] as number) + weight * (source[from + x] as number)
      }
    }
  }
  return blurred
}

/** Gradient magnitude of the middle rows of `gray` as an opaque grey picture: white edges on black. */
const sobel = (gray: Float32Array, width: number, rows: number, out: Uint8ClampedArray): void => {
  const at = (x: number, y: number): number => gray[y * width + clamp(x, width - 1)] as number
  for (let y = 1; y <= rows; y++) {
    for (let x = 0; x < width; x++) {
      const left = at(x - 1, y - 1) + 2 * at(x - 1, y) + at(x - 1, y + 1)
      const right = at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1)
      const above = at(x - 1, y - 1) + 2 * at(x, y - 1) + at(x + 1, y - 1)
      const below = at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1)
      const magnitude = Math.hypot(right - left, below - above)
      const to = ((y - 1) * width + x) * 4
      out[to] = magnitude
      out[to + 1] = magnitude
      out[to + 2] = magnitude
      out[to + 3] = 255
    }
  }
}

export const image = (args: ImageArgs, context: Pick<TaskContext, 'cancelled'>): ImagePart => {
  const { width, from, to } = args
  const band = to - from
  const gray = luminance(args, from - MARGIN, band + 2 * MARGIN)
  if (context.cancelled()) throw new Error('cancelled')
  const rows = blurRows(gray, width, band + 2 * MARGIN)
  if (context.cancelled()) throw new Error('cancelled')
  const blurred = blurColumns(rows, width, band + 2 * MARGIN)
  const out = args.out ?? new Uint8ClampedArray(width * band * 4)
  sobel(blurred, width, band, out)
  return args.out ? null : out
}

export const joinImage = ({ parts, whole }: { parts: ImagePart[] } & ImageWhole): Joined => {
  const bands = whole ? [whole] : parts.filter((part) => part !== null)
  return { checksum: checksumText(bands.reduce(addToChecksum, emptyChecksum)), artefact: null }
}

const imageTask = defineTask<ImageArgs, ImagePart>(import.meta.url, 'image')
const joinTask = defineTask<{ parts: ImagePart[] } & ImageWhole, Joined>(import.meta.url, 'joinImage')

export const imageSize = (size: WorkloadSize): { width: number; height: number } => {
  const [width, height] = SIZE[size]
  return { width, height }
}

export const generateImage = ({ memory, size, seed }: GenerateArgs): null => {
  const { width, height } = imageSize(size)
  generatePicture(new Uint8ClampedArray(memory), width, height, seed)
  return null
}

export const imageWorkload: Workload<ImageArgs, ImagePart, ImageWhole> = {
  id: 'image',
  kind: 'cpu',
  input: {
    bytes: (size) => 4 * SIZE[size][0] * SIZE[size][1],
    task: defineTask<GenerateArgs, null>(import.meta.url, 'generateImage'),
  },
  cut({ size, tasks, memory, input: generated }: CutOptions): Cut<ImageArgs, ImagePart, ImageWhole> {
    const { width, height } = imageSize(size)
    const shared = memory === 'shared'
    const bytes = width * height * 4
    const input = new Uint8ClampedArray(generated)
    const whole = shared ? new Uint8ClampedArray(new SharedArrayBuffer(bytes)) : null
    const bands = cutRange(height, tasks)
    const argsList = bands.map(({ from, to }): ImageArgs => {
      if (whole) {
        return { width, rows: height, from, to, input, out: whole.subarray(from * width * 4, to * width * 4) }
      }
      const first = Math.max(0, from - MARGIN)
      const last = Math.min(height, to + MARGIN)
      return {
        width,
        rows: last - first,
        from: from - first,
        to: to - first,
        // A slice is in ordinary memory, wherever it was cut from.
        input: input.slice(first * width * 4, last * width * 4),
        out: null,
      }
    })
    return {
      task: imageTask,
      argsList,
      joinTask,
      joinArgs: { whole },
      copiedBytes: shared
        ? { toWorkers: 0, fromWorkers: 0 }
        : { toWorkers: argsList.reduce((sum, args) => sum + args.input.byteLength, 0), fromWorkers: bytes },
    }
  },
}
