/**
 * The page that stands in for any other while the server can't be reached: whole in itself, since nothing else can be loaded.
 * Its look is written out here, the one place beside the style sheet that knows these colours; it runs no script.
 */
import type { Locale } from '../../lib/i18n/locales.ts'

export interface OfflineWords {
  title: string
  text: string
  retry: string
  home: string
}

const STYLE = `
:root { color-scheme: light dark; --page: light-dark(#f6f8f6, #0d1311); --ink: light-dark(#14201b, #e8efeb);
  --muted: light-dark(#46534d, #a9b6af); --accent: light-dark(#0a6b4c, #4fd6a0); --on-accent: light-dark(#ffffff, #06231a) }
:root[data-theme="light"] { color-scheme: light }
:root[data-theme="dark"] { color-scheme: dark }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 Onest, system-ui, sans-serif }
header, main { max-width: 75rem; margin: 0 auto; padding: 1.25rem clamp(1rem, 4vw, 2.5rem) }
header { display: flex; align-items: center; gap: 0.625rem; font-size: 1.125rem; font-weight: 600 }
main { padding-block: 6rem }
h1 { margin: 0 0 1rem; font-size: 1.75rem; font-weight: 600; line-height: 1.2; letter-spacing: -0.025em; text-wrap: balance }
p { max-width: 65ch; margin: 0 0 1.5rem; color: var(--muted); text-wrap: pretty }
a { display: inline-block; padding: 0.5rem 1rem; border-radius: 0.375rem; background: var(--accent); color: var(--on-accent);
  font-weight: 500; text-decoration: none }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
`

const MARK = `<svg viewBox="0 0 18 20" width="18" height="20" fill="none" stroke-width="3" stroke-linecap="round" aria-hidden="true">
<path d="M2 4C9 4 9 16 16 16" stroke="var(--accent)"/><path d="M2 16C9 16 9 4 16 4" stroke="var(--page)" stroke-width="7" stroke-linecap="butt"/>
<path d="M2 16C9 16 9 4 16 4" stroke="currentColor"/></svg>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const offlinePage = (locale: Locale, words: OfflineWords): string => `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)} · ${escaped(words.home)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${MARK}<span>${escaped(words.home)}</span></header>
<main>
<h1>${escaped(words.title)}</h1>
<p>${escaped(words.text)}</p>
<a href="">${escaped(words.retry)}</a>
</main>
</body>
</html>
`
