import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { image } from './image.ts'

const idle = { cancelled: () => false }

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
