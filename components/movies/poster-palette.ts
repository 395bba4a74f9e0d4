/**
 * The colours of drawn posters, by genre. They are print inks, the same in light and dark. `ink` is for words and keeps
 * at least 4.5:1 on `ground`; a test holds it to that. `low` and `high` are what the picture is made of.
 */
export interface PosterPalette {
  ground: string
  ink: string
  low: string
  high: string
}

const BY_GENRE: Readonly<Record<string, PosterPalette>> = {
  Action: { ground: '#b8301a', ink: '#fff3e0', low: '#7d1a0d', high: '#f2b035' },
  Adventure: { ground: '#17594e', ink: '#f6f2df', low: '#0c3a34', high: '#f0c267' },
  Animation: { ground: '#57bcd6', ink: '#06252e', low: '#2f8fb0', high: '#ffe27a' },
  'Black Comedy': { ground: '#1d1d1b', ink: '#f6efd9', low: '#4a4740', high: '#f2c230' },
  Comedy: { ground: '#f4c734', ink: '#2b1d05', low: '#e2572c', high: '#fff6d5' },
  Concert: { ground: '#6d1350', ink: '#ffeef7', low: '#3e0a34', high: '#ff8f5c' },
  Crime: { ground: '#2a2a2c', ink: '#f5f0e4', low: '#515257', high: '#dfa42a' },
  Documentary: { ground: '#e4dfd1', ink: '#1e2a2a', low: '#a9a28a', high: '#2f5c5e' },
  Drama: { ground: '#24344c', ink: '#f4ece2', low: '#476085', high: '#e0956a' },
  Family: { ground: '#f3e3c3', ink: '#3a2414', low: '#e9896a', high: '#3f9c8f' },
  Fantasy: { ground: '#3a2261', ink: '#fbefff', low: '#6f489f', high: '#f0b3df' },
  History: { ground: '#5f3f25', ink: '#fbf1dd', low: '#3a2413', high: '#dcb97b' },
  Horror: { ground: '#151110', ink: '#f1e6da', low: '#3d2b28', high: '#c21f2a' },
  Music: { ground: '#8a1a59', ink: '#fff2e2', low: '#5c0f42', high: '#f6b64b' },
  Musical: { ground: '#8a1a59', ink: '#fff2e2', low: '#5c0f42', high: '#f6b64b' },
  Mystery: { ground: '#11353d', ink: '#eef5f2', low: '#225a62', high: '#bd9bd6' },
  Romance: { ground: '#efc4bf', ink: '#4a0f20', low: '#dd8e92', high: '#a92a49' },
  'Science Fiction': { ground: '#16143a', ink: '#eef4ff', low: '#3d3780', high: '#62d3e2' },
  Thriller: { ground: '#1b2930', ink: '#eef0e6', low: '#3e5863', high: '#dccb4c' },
  War: { ground: '#474c34', ink: '#f4f0e0', low: '#2b2e1e', high: '#cdb67e' },
  Western: { ground: '#e08a4a', ink: '#2c0f05', low: '#a84a22', high: '#f9dfae' },
}

/** For films whose genre nobody wrote down: quiet, so that it doesn't claim to be one of the above. */
const QUIET: PosterPalette = { ground: '#d9dedb', ink: '#17211d', low: '#a9b5af', high: '#4d6158' }
const UNKNOWN: readonly PosterPalette[] = [
  QUIET,
  { ground: '#3a4540', ink: '#eef2ef', low: '#56645d', high: '#b9c7bf' },
  { ground: '#cfd6e0', ink: '#161d29', low: '#9fabbd', high: '#4c5d7b' },
]

/** These say more about how a film looks than what usually stands beside them: a space adventure is science fiction. */
const TELLING = [
  'Science Fiction',
  'Western',
  'Horror',
  'Musical',
  'Concert',
  'Music',
  'Animation',
  'War',
  'Fantasy',
  'Documentary',
  'Black Comedy',
  'Romance',
]

const LEGIBLE = 4.5

/** The inks exchanged, where words stay legible: so two films of one genre need not look alike. */
export const variantsOf = (palette: PosterPalette): PosterPalette[] => {
  const { ground, ink, low, high } = palette
  return [
    palette,
    { ground: low, ink, low: ground, high },
    { ground: high, ink: ground, low, high: ink },
    { ground: high, ink: low, low: ground, high: ink },
    { ground: ink, ink: ground, low: high, high: low },
  ].filter((variant) => contrast(variant.ink, variant.ground) >= LEGIBLE)
}

/** The most telling genre that has colours decides; `pick` chooses the variant. */
export const paletteOf = (genres: readonly string[], pick: (below: number) => number): PosterPalette => {
  const genre = [...TELLING, ...genres].find((one) => genres.includes(one) && Object.hasOwn(BY_GENRE, one))
  const palette = (genre && BY_GENRE[genre]) || UNKNOWN[pick(UNKNOWN.length)] || QUIET
  const variants = variantsOf(palette)
  return variants[pick(variants.length)] ?? palette
}

/** WCAG 2.2: relative luminance of '#rrggbb'. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2: contrast of two colours, 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

export const ALL_PALETTES: readonly PosterPalette[] = [...Object.values(BY_GENRE), ...UNKNOWN]
