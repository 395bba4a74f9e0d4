/**
 * The last resort, when even the layout failed: nothing of it can be counted on, neither messages nor styles, so the few
 * words stand here in both languages, in the system's own type and colours.
 */
'use client'

const WORDS = {
  en: { title: 'Interleave could not show this page', retry: 'Try again' },
  ru: { title: 'Interleave не удалось показать страницу', retry: 'Повторить' },
}

export default function GlobalError({ reset }: { reset: () => void }) {
  const locale = typeof location !== 'undefined' && location.pathname.startsWith('/ru') ? 'ru' : 'en'
  const words = WORDS[locale]
  return (
    <html lang={locale} style={{ colorScheme: 'light dark', fontFamily: 'system-ui, sans-serif' }}>
      <body style={{ maxWidth: '40rem', margin: '15vh auto', padding: '0 1.5rem' }}>
        <title>{words.title}</title>
        <h1 style={{ fontSize: '1.75rem' }}>{words.title}</h1>
        <button type="button" onClick={reset} style={{ font: 'inherit', padding: '0.5rem 1rem' }}>
          {words.retry}
        </button>
      </body>
    </html>
  )
}
