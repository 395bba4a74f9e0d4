/**
 * How the reader wants the pages to look, kept in cookies so that the server renders the first byte that way and nothing
 * flashes. No cookie means: follow the system, ordinary size.
 */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const THEME_COOKIE = 'theme'
export const WALL_COOKIE = 'wall'

const YEAR_SECONDS = 365 * 24 * 60 * 60

export const themeOf = (cookie: string | undefined): Theme => THEMES.find((theme) => theme === cookie) ?? 'system'

/** An empty value removes the cookie. */
export const cookieText = (name: string, value: string): string =>
  `${name}=${value}; path=/; max-age=${value === '' ? 0 : YEAR_SECONDS}; samesite=lax`
