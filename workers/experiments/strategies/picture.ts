/** Before and after of the `image` workload as small PNG data URLs, made from the measured kind of data after the last round. */
import { crc32, deflateSync } from 'node:zlib'
import { defineTask } from '../../executors/executor.ts'
import { generatePicture } from '../../workloads/generated-picture.ts'
import { image, imageSize } from '../../workloads/image.ts'
import type { WorkloadSize } from '../../workloads/workload.ts'

export interface Picture {
  width: number
  height: number
  before: string
  after: string
}

/** Every so many pixels one is kept: the page shows it about this wide. */
const SHOWN_WIDTH = 480

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** PNG (ISO/IEC 15948) of 8-bit RGBA pixels, every row with filter 0. */
export const encodePng = (pixels: Uint8ClampedArray, width: number, height: number): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (width * 4 + 1))
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Mean of each `step` × `step` square. */
const shrink = (pixels: Uint8ClampedArray, width: number, height: number, step: number): Uint8ClampedArray => {
  const [w, h] = [Math.floor(width / step), Math.floor(height / step)]
  const small = new Uint8ClampedArray(w * h * 4)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0
        for (let dy = 0; dy < step; dy++) {
          for (let dx = 0; dx < step; dx++)
            sum += pixels[((y * step + dy) * width + x * step + dx) * 4 + channel] as number
        }
        small[(y * w + x) * 4 + channel] = sum / step ** 2
      }
    }
  }
  return small
}

const dataUrl = (pixels: Uint8ClampedArray, width: number, height: number, step: number): string => {
  const png = encodePng(shrink(pixels, width, height, step), Math.floor(width / step), Math.floor(height / step))
  return `data:image/png;base64,${png.toString('base64')}`
}

export const makePicture = ({ size, seed }: { size: WorkloadSize; seed: number }): Picture => {
  const { width, height } = imageSize(size)
  const input = new Uint8ClampedArray(width * height * 4)
  generatePicture(input, width, height, seed)
  const edges =
    image({ width, rows: height, from: 0, to: height, input, out: null }, { cancelled: () => false }) ?? input
  const step = Math.max(1, Math.floor(width / SHOWN_WIDTH))
  return {
    width,
    height,
    before: dataUrl(input, width, height, step),
    after: dataUrl(edges, width, height, step),
  }
}

export const makePictureTask = defineTask<{ size: WorkloadSize; seed: number }, Picture>(import.meta.url, 'makePicture')
