/** Both languages say the same things, and every message can be said. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTranslator } from 'next-intl'
import { LOCALES, type Locale } from './locales.ts'
import { messagesOf } from './messages.ts'

const leavesOf = (node: unknown, path = ''): [string, string][] =>
  typeof node === 'string'
    ? [[path, node]]
    : Object.entries(node as Record<string, unknown>).flatMap(([key, child]) =>
        leavesOf(child, path === '' ? key : `${path}.${key}`),
      )

/** Whatever a message may ask for, all the same value: numbers of each Russian plural form, and a key that `select` may know. */
const valuesOf = (message: string, given: number | string): Record<string, number | string> =>
  Object.fromEntries([...message.matchAll(/\{\s*(\w+)/g)].map(([, name = '']) => [name, given]))
const GIVEN = [0, 1, 2, 5, 21, 1.5, 'threads'] as const

const say = (locale: Locale, path: string, message: string, given: number | string): string => {
  const translate = createTranslator({
    locale,
    messages: { message },
    onError: (error) => {
      throw new Error(`${locale} ${path}: ${error.message}`)
    },
  })
  const tags = [...message.matchAll(/<(\w+)>/g)].map(([, name = '']) => [name, (inner: string) => inner])
  const values = valuesOf(message, given)
  return tags.length > 0
    ? translate.markup('message', { ...values, ...Object.fromEntries(tags) })
    : translate('message', values)
}

test('Russian has exactly the messages that English has', () => {
  const keys = (locale: Locale) => leavesOf(messagesOf(locale)).map(([path]) => path)
  assert.deepEqual(keys('ru').sort(), keys('en').sort())
})

test('no message is empty', () => {
  for (const locale of LOCALES) {
    for (const [path, message] of leavesOf(messagesOf(locale))) assert.notEqual(message.trim(), '', `${locale} ${path}`)
  }
})

test('every message is well formed, whatever number or word it is given', () => {
  for (const locale of LOCALES) {
    for (const [path, message] of leavesOf(messagesOf(locale))) {
      if (!/[{<]/.test(message)) continue
      const wantsNumber = /, (plural|number|selectordinal)/.test(message)
      for (const given of GIVEN) {
        if (wantsNumber && typeof given === 'string') continue
        assert.notEqual(say(locale, path, message, given), '', `${locale} ${path}`)
      }
    }
  }
})

test('a number and its unit stay on one line', () => {
  const parted = /[}\d#] (?:ms|µs|ns|s|MB|GB|kB|мс|мкс|нс|с|МБ|ГБ|КБ|%)(?![\p{L}\d])/u
  for (const locale of LOCALES) {
    for (const [path, message] of leavesOf(messagesOf(locale)))
      assert.doesNotMatch(message, parted, `${locale} ${path}`)
  }
})

test('Russian declines what is counted', () => {
  const forms = [1, 2, 5, 21].map((count) => say('ru', 'units', messagesOf('ru').units.amounts.workers, count))
  assert.deepEqual(forms, ['1 исполнитель', '2 исполнителя', '5 исполнителей', '21 исполнитель'])
})

test('Russian never counts times with one form for all numbers: 2 раза, 5 раз, 2,5 раза', () => {
  const oneForm = /\{\w+, number\} раза?(?![а-яё])/
  const wrong = leavesOf(messagesOf('ru')).filter(([, message]) => oneForm.test(message))
  assert.deepEqual(wrong, [])
  const { 'a-faster': faster } = messagesOf('ru').experiments.pair.findings
  const said = [2, 5, 21, 2.5].map((speedup) => say('ru', 'pair', faster, speedup).replace(/^.* в /, ''))
  assert.deepEqual(said, ['2 раза', '5 раз', '21 раз', '2,5 раза'])
})
