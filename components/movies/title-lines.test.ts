/** Titles of any length fit the box that posters give them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { charWidth, setTitle } from './title-lines.ts'

const box = { width: 172, height: 62, largest: 29, smallest: 10 }

const widthOf = (line: string): number => [...line].reduce((width, char) => width + charWidth(char), 0)

const titles = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { maxLength: 30 })
  .map((words) => words.join(' '))

test('every line keeps to the width and all lines keep to the height', () => {
  fc.assert(
    fc.property(titles, (title) => {
      const { lines, fontSize, lineHeight } = setTitle(title, box)
      assert.ok(fontSize >= box.smallest && fontSize <= box.largest)
      assert.ok(lines.length * lineHeight <= box.height)
      for (const line of lines) assert.ok(widthOf(line) * fontSize <= box.width + 1e-9, `${line} is too wide`)
    }),
  )
})

test('nothing of a title is lost unless it ends in an ellipsis', () => {
  fc.assert(
    fc.property(titles, (title) => {
      const { lines } = setTitle(title, box)
      const set = lines.join('').replaceAll(/\s/gu, '')
      const whole = title.replaceAll(/\s/gu, '')
      if (set.endsWith('…') && set !== whole) assert.ok(whole.startsWith(set.slice(0, -1)))
      else assert.equal(set, whole)
    }),
  )
})

test('a short title is set large, a long one small', () => {
  assert.equal(setTitle('Jaws', box).fontSize, box.largest)
  const long = setTitle('The Assassination of Jesse James by the Coward Robert Ford', box)
  assert.ok(long.fontSize < 20)
  assert.deepEqual(long.lines.join(' '), 'The Assassination of Jesse James by the Coward Robert Ford')
})

test('a word wider than the poster is broken, not cut', () => {
  const { lines } = setTitle('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', box)
  assert.ok(lines.length > 1)
  assert.equal(lines.join('').replaceAll('…', '').startsWith('Donaudampfschifffahrt'), true)
})
