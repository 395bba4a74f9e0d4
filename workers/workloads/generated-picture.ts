/** A picture drawn from a seed, the same each time: sky, hills, a sun and windows, with edges of every direction to be found. */
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'

type Color = readonly [number, number, number]

const mix = (a: Color, b: Color, share: number): Color => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
]

const SKY_TOP: Color = [28, 46, 96]
const SKY_LOW: Color = [244, 178, 132]
const SUN: Color = [255, 236, 196]
const HILLS: readonly Color[] = [
  [104, 88, 140],
  [66, 74, 118],
  [34, 50, 82],
  [18, 28, 48],
]
const WINDOW: Color = [255, 208, 112]

/** Fills `pixels` (RGBA, width × height × 4 bytes) in place. */
export const generatePicture = (pixels: Uint8ClampedArray, width: number, height: number, seed: number): void => {
  const random = createSeededRandom(seed)
  const sun = { x: width * (0.25 + 0.5 * random.uniform()), y: height * 0.36, radius: height * 0.13 }
  const waves = HILLS.map(() =>
    Array.from({ length: 3 }, () => ({ length: 0.6 + 2.4 * random.uniform(), phase: 6.28 * random.uniform() })),
  )
  const horizon = (layer: number, x: number): number => {
    const base = 0.48 + 0.12 * layer
    const wave = (waves[layer] ?? []).reduce(
      (sum, { length, phase }, i) => sum + (0.05 / (i + 1)) * Math.sin((x / width) * 6.28 * length * (i + 1) + phase),
      0,
    )
    return (base + wave) * height
  }
  for (let x = 0; x < width; x++) {
    const lines = HILLS.map((_, layer) => horizon(layer, x))
    for (let y = 0; y < height; y++) {
      let color = mix(SKY_TOP, SKY_LOW, Math.min(1, y / (height * 0.6)))
      if ((x - sun.x) ** 2 + (y - sun.y) ** 2 < sun.radius ** 2) color = SUN
      lines.forEach((line, layer) => {
        if (y > line) color = HILLS[layer] ?? color
      })
      const at = (y * width + x) * 4
      pixels[at] = color[0]
      pixels[at + 1] = color[1]
      pixels[at + 2] = color[2]
      pixels[at + 3] = 255
    }
  }
  // Windows: small bright squares on the nearest hill, so that fine edges stand beside the broad ones.
  const side = Math.max(2, Math.round(height / 90))
  for (let i = 0; i < 60; i++) {
    const left = Math.floor(random.uniform() * (width - side))
    const top = Math.floor(horizon(3, left) + (height - horizon(3, left) - side) * random.uniform())
    for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
      for (let x = left; x < left + side; x++) {
        const at = (y * width + x) * 4
        pixels[at] = WINDOW[0]
        pixels[at + 1] = WINDOW[1]
        pixels[at + 2] = WINDOW[2]
      }
    }
  }
}
