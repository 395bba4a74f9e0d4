/** The words on every drawn poster can be read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALL_PALETTES, contrast, paletteOf, variantsOf } from './poster-palette.ts'

test('contrast is that of WCAG', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.ok(Math.abs(contrast('#767676', '#ffffff') - 4.54) < 0.01)
})

test('ink keeps 4.5:1 on the ground of every palette and of all its variants', () => {
  for (const palette of ALL_PALETTES) {
    assert.ok(contrast(palette.ink, palette.ground) >= 4.5, `${palette.ink} on ${palette.ground}`)
    for (const { ground, ink } of variantsOf(palette)) assert.ok(contrast(ink, ground) >= 4.5, `${ink} on ${ground}`)
  }
})

test('the most telling genre chooses the colours, in whatever order genres come', () => {
  const first = () => 0
  assert.deepEqual(paletteOf(['Adventure', 'Science Fiction'], first), paletteOf(['Science Fiction'], first))
  assert.deepEqual(paletteOf(['Opera', 'Drama'], first), paletteOf(['Drama'], first))
  assert.notDeepEqual(paletteOf([], first), paletteOf(['Horror'], first))
})
