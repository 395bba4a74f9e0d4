/**
 * Names a set-up: equal parameters give the same key, in whatever order they were written. By it the store finds the other runs
 * of a set-up without reading their parameters.
 */
import { createHash } from 'node:crypto'

const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, inOrder(inner)]),
  )
}

export const setUpKey = (params: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(JSON.stringify(inOrder(params)))
    .digest('base64url')
    .slice(0, 22)
