/** Arithmetic on the colours that the browser computes: reading `rgb(…)` and choosing an ink that can be read on it (WCAG 2 contrast). */
export type Rgb = readonly [number, number, number]

/** Reads `rgb(r, g, b)`, `rgb(r g b / a)` and `color(srgb r g b)`, which is all that computed colours of this page are; black otherwise. */
export function rgbOf(computed: string): Rgb {
  const numbers = (computed.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number)
  const [r = 0, g = 0, b = 0] = numbers
  return computed.startsWith('color(') ? [r * 255, g * 255, b * 255] : [r, g, b]
}

function luminance([r, g, b]: Rgb): number {
  const linear = [r, g, b].map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
}

export function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

const DARK: Rgb = [0, 0, 0]
const LIGHT: Rgb = [255, 255, 255]

/** The darker or the lighter ink, whichever stands out more. */
export const inkOn = (background: Rgb): string =>
  contrast(background, LIGHT) >= contrast(background, DARK) ? 'rgb(255 255 255)' : 'rgb(0 0 0)'
