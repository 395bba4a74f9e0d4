/** Deleting with undo: hidden at once, deleted once, never after having been taken back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiAnswer, ApiProblem } from './api.ts'
import { createPendingDeletes, settleOnLeaving } from './pending-deletes.ts'

const withAnswer = (answer: ApiAnswer<undefined>) => {
  const deleted: string[] = []
  const store = createPendingDeletes((runId) => {
    deleted.push(runId)
    return Promise.resolve(answer)
  })
  return { deleted, store }
}
const done: ApiAnswer<undefined> = { data: undefined }

test('a hidden run is deleted when it settles, once', async () => {
  const { deleted, store } = withAnswer(done)
  store.getState().hide('a')
  assert.ok(store.getState().hidden.has('a'))
  assert.deepEqual(deleted, [])
  await Promise.all([store.getState().settle('a'), store.getState().settle('a')])
  assert.deepEqual(deleted, ['a'])
  assert.ok(store.getState().hidden.has('a'))
})

test('a run that was taken back is not deleted, and is shown again', async () => {
  const { deleted, store } = withAnswer(done)
  store.getState().hide('a')
  store.getState().restore('a')
  assert.equal(await store.getState().settle('a'), null)
  assert.deepEqual(deleted, [])
  assert.ok(!store.getState().hidden.has('a'))
})

test('a run that can not be deleted is shown again, and it is told why', async () => {
  const problem = new ApiProblem('conflict', 409, 'it is running')
  const { store } = withAnswer({ problem })
  store.getState().hide('a')
  assert.equal(await store.getState().settle('a'), problem)
  assert.ok(!store.getState().hidden.has('a'))
})

test('a run that is gone already counts as deleted', async () => {
  const { store } = withAnswer({ problem: new ApiProblem('not-found', 404, '') })
  store.getState().hide('a')
  assert.equal(await store.getState().settle('a'), null)
  assert.ok(store.getState().hidden.has('a'))
})

test('what is still pending is deleted when the document goes, what was taken back is not', () => {
  const { deleted, store } = withAnswer(done)
  const page = new EventTarget()
  settleOnLeaving(store, page)
  for (const id of ['a', 'b', 'c']) store.getState().hide(id)
  store.getState().restore('b')
  page.dispatchEvent(new Event('pagehide'))
  assert.deepEqual(deleted, ['a', 'c'])
})
