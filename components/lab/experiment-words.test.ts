import assert from 'node:assert/strict'
import test from 'node:test'
import { experimentWords, runWords } from './experiment-words.ts'

/** As the library does it: whatever is found along the path. */
const messages: Record<string, unknown> = {
  experiments: { race: { name: 'Race', keys: { bank: 'Bank' }, timed: 'Time of a trial' }, pair: { name: 'Pair' } },
}
const lookUp = (key: string): unknown =>
  key.split('.').reduce<unknown>((at, name) => (at === undefined ? at : Reflect.get(Object(at), name)), messages)
const translator = Object.assign((key: never) => String(lookUp(key)), {
  has: (key: never) => lookUp(key) !== undefined,
})

test('what objects bring with them is no message, whatever a stored run names', () => {
  const words = experimentWords(translator, 'race')
  assert.equal(words.name, 'Race')
  for (const name of ['constructor', '__proto__', 'toString', 'constructor.name']) {
    assert.equal(words.ask(name), name)
    assert.equal(words.answer(name, name), name)
    assert.equal(words.key(name), name)
    assert.equal(words.finding({ code: name, values: {} }), name)
  }
  assert.equal(experimentWords(translator, '__proto__').name, '__proto__')
})

test('a pair names what it compares as the experiment does that its set-ups belong to', () => {
  const words = runWords(translator, { experiment: 'pair', params: { experiment: 'race' } })
  assert.equal(words.name, 'Pair')
  assert.equal(words.key('bank A'), 'Bank · A')
  assert.equal(words.timed, 'Time of a trial')
  assert.equal(runWords(translator, { experiment: 'race', params: {} }).key('bank'), 'Bank')
  assert.equal(experimentWords(translator, 'pair').key('bank A'), 'bank · A')
})
