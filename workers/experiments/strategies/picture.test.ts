import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, inflateSync } from 'node:zlib'
import { imageSize } from '../../workloads/image.ts'
import { encodePng, makePicture } from './picture.ts'

/** Reads a PNG of 8-bit RGBA pixels whose rows are not filtered, checking every chunk's checksum on the way. */
const decodePng = (png: Buffer) => {
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    assert.equal(png.readUInt32BE(at + 8 + length), crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR') ?? Buffer.alloc(0)
  assert.deepEqual([...header.subarray(8)], [8, 6, 0, 0, 0], 'eight bits of each of four channels')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  assert.equal(rows.length, height * (1 + 4 * width))
  const pixels = Array.from({ length: height }, (_, y) => {
    const row = rows.subarray(y * (1 + 4 * width), (y + 1) * (1 + 4 * width))
    assert.equal(row[0], 0, 'no filter')
    return [...row.subarray(1)]
  }).flat()
  return { width, height, pixels }
}

test('a PNG has the pixels it was made of', () => {
  const pixels = Uint8ClampedArray.from({ length: 3 * 2 * 4 }, (_, i) => (i * 37) % 256)
  assert.deepEqual(decodePng(encodePng(pixels, 3, 2)), { width: 3, height: 2, pixels: [...pixels] })
})

test('before and after are pictures of one size, the after dark but for its edges', () => {
  const { width, height, before, after } = makePicture({ size: 'small', seed: 1 })
  assert.deepEqual({ width, height }, imageSize('small'))
  const [one, other] = [before, after].map((url) => {
    const [, data] = /^data:image\/png;base64,(.+)$/.exec(url) ?? []
    return decodePng(Buffer.from(data ?? '', 'base64'))
  })
  assert.ok(one && other)
  assert.deepEqual([one.width, one.height], [other.width, other.height])
  assert.ok(one.width <= width && one.width / one.height === width / height)
  const brightness = (pixels: number[]) => pixels.filter((_, i) => i % 4 === 0).reduce((sum, red) => sum + red, 0)
  assert.ok(brightness(other.pixels) > 0 && brightness(other.pixels) < brightness(one.pixels) / 2)
  assert.ok(
    other.pixels.every((value, i) => i % 4 !== 3 || value === 255),
    'opaque',
  )
  assert.notEqual(makePicture({ size: 'small', seed: 2 }).before, before)
})
