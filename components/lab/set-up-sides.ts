/**
 * Two set-ups beside each other: the keys of their times are those of the experiment with the side behind ('threads A'), and on a
 * phone the second of two names is the side alone, which stands right under the first.
 */
export type Side = 'A' | 'B'

export const sideKey = (own: string, side: Side): string => `${own} ${side}`

export const splitSide = (key: string): [own: string, side: string] => [key.slice(0, -2), key.slice(-1)]

/** @param keys all that stand together. @param nameOf the whole name of a key */
export const shortNameOf = (keys: readonly string[], nameOf: (key: string) => string): ((key: string) => string) => {
  const known = new Set(keys)
  return (key) => {
    const [own, side] = splitSide(key)
    return side === 'B' && known.has(sideKey(own, 'A')) ? side : nameOf(key)
  }
}
