/** Text that fits a width, with an ellipsis where it must; widths are remembered, because measuring costs more than drawing. */
const widths = new Map<string, number>()
const LIMIT = 20_000

export interface Measures {
  font: string
  measureText(text: string): { width: number }
}

function widthOf(context: Measures, font: string, text: string): number {
  const key = `${font}|${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  context.font = font
  const { width } = context.measureText(text)
  if (widths.size > LIMIT) widths.clear()
  widths.set(key, width)
  return width
}

/** Null where not even four letters and an ellipsis fit: less tells nothing. */
export function fittedText(
  context: Measures,
  font: string,
  text: string,
  room: number,
): { text: string; width: number } | null {
  const full = widthOf(context, font, text)
  if (full <= room) return { text, width: full }
  // Guess by the average letter instead of measuring every prefix, then correct.
  let letters = Math.min(text.length - 1, Math.floor((room / full) * text.length))
  for (; letters >= 4; letters--) {
    const kept = text.slice(0, letters).trimEnd()
    if (kept.length < 4) return null
    const cut = `${kept}…`
    const width = widthOf(context, font, cut)
    if (width <= room) return { text: cut, width }
  }
  return null
}
