/**
 * The English name of a span, as traces carry it, taken apart so that a page can say it in its reader's language: a key of words
 * and the numbers that stood among them, in their order. Every experiment names its spans this way: lower-case words, numbers, punctuation.
 */
export interface SpanName {
  /** 'holds fork 1 and fork 2' → 'holds-fork-and-fork'. */
  key: string
  values: { a: number; b: number }
}

/** Null for what isn't made of lower-case English words: titles of films, names of other programs' spans. */
export const spanNameOf = (name: string): SpanName | null => {
  if (!/^[a-z]/.test(name) || /[^\p{ASCII}]|[A-Z]/u.test(name)) return null
  const [a = 0, b = 0] = Array.from(name.matchAll(/(?<![\w.])-?\d+(?![\w.])/g), ([digits]) => Number(digits))
  const key = name
    .replaceAll(/(?<![\w.])-?\d+(?![\w.])/g, ' ')
    .replaceAll(/[^a-z]+/g, '-')
    .replace(/-$/, '')
  return { key, values: { a, b } }
}
