/**
 * What the canvas draws with, read from the page's custom properties, so that the theme has one place. Read again when the theme, the
 * wall mode or the pixel ratio changes. Sizes are rem, as everywhere: `rem` is their factor.
 */
import { inkOn, rgbOf } from './colour.ts'
import { HATCHES, TILE } from './hatch.ts'
import { KIND_ORDER } from './span-kinds.ts'

export interface KindPaint {
  colour: string
  ink: string
  /** The texture; its colour is already in it. */
  pattern: CanvasPattern | null
}

export interface Palette {
  kinds: readonly KindPaint[]
  ink: string
  muted: string
  faint: string
  grid: string
  line: string
  raised: string
  page: string
  sunken: string
  accent: string
  negative: string
  model: string
  font: string
  /** CSS pixels of 1/16 rem. */
  rem: number
  dpr: number
}

/** A tile in device pixels: colour with the lines cut out of it in the colour of the surface. */
function patternOf(hatch: NonNullable<(typeof HATCHES)['wait']>, colour: string, surface: string, scale: number) {
  const tile = document.createElement('canvas')
  tile.width = Math.max(4, Math.round(TILE * scale))
  tile.height = tile.width
  const context = tile.getContext('2d')
  if (context === null) return null
  context.scale(tile.width / TILE, tile.height / TILE)
  context.fillStyle = colour
  context.fillRect(0, 0, TILE, TILE)
  context.globalAlpha = 0.45
  context.strokeStyle = surface
  context.fillStyle = surface
  context.lineWidth = hatch.stroke
  for (const [x1, y1, x2, y2] of hatch.lines) {
    context.beginPath()
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
    context.stroke()
  }
  context.globalAlpha = 0.7
  for (const [x, y] of hatch.dots) {
    context.beginPath()
    context.arc(x, y, hatch.stroke, 0, 2 * Math.PI)
    context.fill()
  }
  return context.createPattern(tile, 'repeat')
}

export function readPalette(element: Element, dpr: number): Palette {
  const style = getComputedStyle(element)
  const of = (name: string): string => style.getPropertyValue(name).trim()
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16
  const raised = of('--surface-raised')
  return {
    kinds: KIND_ORDER.map((kind) => {
      const colour = of(`--span-${kind}`)
      const hatch = HATCHES[kind]
      return { colour, ink: inkOn(rgbOf(colour)), pattern: hatch ? patternOf(hatch, colour, raised, dpr * rem) : null }
    }),
    ink: of('--ink'),
    muted: of('--ink-muted'),
    faint: of('--ink-faint'),
    grid: of('--grid'),
    line: of('--line'),
    raised,
    page: of('--surface-page'),
    sunken: of('--surface-sunken'),
    accent: of('--accent'),
    negative: of('--span-blocked'),
    model: of('--model'),
    font: style.fontFamily,
    rem,
    dpr,
  }
}

/** Keeps the textures fixed to the clock instead of the screen, so that they don't swim when the view is panned. */
export function anchorPatterns(palette: Palette, originPixels: number): void {
  const scale = 1 / palette.dpr
  const period = TILE * palette.rem
  const shift = ((-originPixels % period) + period) % period
  for (const { pattern } of palette.kinds) pattern?.setTransform(new DOMMatrix([scale, 0, 0, scale, shift, 0]))
}
