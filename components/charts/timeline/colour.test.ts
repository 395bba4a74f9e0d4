/** Reading computed colours, WCAG contrast, and that every kind of both themes carries readable text. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { contrast, inkOn, type Rgb, rgbOf } from './colour.ts'
import { KIND_ORDER } from './span-kinds.ts'

test('reads the forms in which browsers compute colours', () => {
  assert.deepEqual(rgbOf('rgb(29, 79, 158)'), [29, 79, 158])
  assert.deepEqual(rgbOf('rgb(29 79 158 / 0.5)'), [29, 79, 158])
  assert.deepEqual(rgbOf('color(srgb 1 0.5 0)'), [255, 127.5, 0])
  assert.deepEqual(rgbOf(''), [0, 0, 0])
})

test('contrast is that of WCAG: 21 for black on white, 1 for a colour on itself', () => {
  assert.ok(Math.abs(contrast([0, 0, 0], [255, 255, 255]) - 21) < 1e-9)
  assert.ok(Math.abs(contrast([119, 119, 119], [255, 255, 255]) - 4.478) < 1e-3)
  assert.equal(contrast([10, 20, 30], [10, 20, 30]), 1)
})

test('the name of a span is readable on every kind of both themes', () => {
  const css = readFileSync(path.join(import.meta.dirname, '../../../app/styles/colours.css'), 'utf8')
  const hex = (text: string): Rgb => {
    const value = Number.parseInt(text.slice(1), 16)
    return [value >> 16, (value >> 8) & 255, value & 255]
  }
  for (const kind of KIND_ORDER) {
    const found = new RegExp(`--span-${kind}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)
    assert.ok(found !== null, `--span-${kind} is not in colours.css`)
    for (const colour of [found[1] ?? '', found[2] ?? '']) {
      const ratio = contrast(hex(colour), rgbOf(inkOn(hex(colour))))
      assert.ok(ratio >= 4.5, `${kind} ${colour}: ${ratio.toFixed(2)}`)
    }
  }
})
