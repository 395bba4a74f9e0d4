/**
 * Sets a title into lines without measuring type: widths are estimated per character for Onest Bold, on the wide side, so
 * that a line never runs over. The type shrinks until the title fits; what doesn't fit at the smallest size ends in '…'.
 */
export interface TitleBox {
  width: number
  height: number
  largest: number
  smallest: number
}

export interface SetTitle {
  lines: string[]
  fontSize: number
  lineHeight: number
}

const LEADING = 1.08

/** Widths in ems, measured in Onest Bold and rounded up; letters that were not measured count as wide. */
const WIDTHS: readonly (readonly [string, number])[] = [
  [" il'’|", 0.25],
  ['jI.,:;!·', 0.29],
  ['ftr()1"“”[]', 0.41],
  ['-гт', 0.49],
  ['sz7?/зaceckuvxJавеклсухчьэя2Г*', 0.57],
  ['bdghnopqyEFLTZбдийнопрцъёЕЁТ035689$–+', 0.61],
  ['4BKPRSXYБВЗКЛРУХЧЯ', 0.69],
  ['ACDGHUVНПСЦЭАДмы&#=', 0.73],
  ['NOQИЙО…фmшщжю—', 0.85],
  ['wMМФ', 0.89],
  ['WШЩЮЖ@%', 1.01],
]

const KNOWN = new Map(WIDTHS.flatMap(([chars, width]) => [...chars].map((char) => [char, width] as const)))

export const charWidth = (char: string): number => {
  // Accents don't widen a letter.
  const bare = char.normalize('NFD')[0] ?? char
  return KNOWN.get(char) ?? KNOWN.get(bare) ?? (/[\u0020-\u024f\u0400-\u04ff]/.test(bare) ? 0.8 : 1.05)
}

const textWidth = (text: string): number => {
  let width = 0
  for (const char of text) width += charWidth(char)
  return width
}

/** Words that are wider than a line even alone are broken where it ends. */
const breakWord = (word: string, limit: number): string[] => {
  const parts: string[] = []
  let part = ''
  for (const char of word) {
    if (part !== '' && textWidth(part + char) > limit) {
      parts.push(part)
      part = ''
    }
    part += char
  }
  return part === '' ? parts : [...parts, part]
}

const wrap = (words: readonly string[], limit: number): string[] => {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && textWidth(`${last} ${word}`) <= limit) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

export function setTitle(title: string, { width, height, largest, smallest }: TitleBox): SetTitle {
  const words = title.split(/\s+/u).filter(Boolean)
  for (let fontSize = largest; fontSize >= smallest; fontSize -= 1) {
    const limit = width / fontSize
    const widest = Math.max(0, ...words.map(textWidth))
    if (widest > limit && fontSize > smallest) continue
    const lines = wrap(
      words.flatMap((word) => breakWord(word, limit)),
      limit,
    )
    const lineHeight = fontSize * LEADING
    const room = Math.max(1, Math.floor(height / lineHeight))
    if (lines.length <= room) return { lines, fontSize, lineHeight }
    if (fontSize === smallest) return { lines: shorten(lines, room, limit), fontSize, lineHeight }
  }
  return { lines: words, fontSize: smallest, lineHeight: smallest * LEADING }
}

function shorten(lines: readonly string[], room: number, limit: number): string[] {
  const kept = lines.slice(0, room)
  const last = [...(kept.pop() ?? '')]
  while (last.length > 0 && textWidth(`${last.join('')}…`) > limit) last.pop()
  return [...kept, `${last.join('').trimEnd()}…`]
}
