/** The picture of a shared run: its headline, the lab, and its medians as bars with their names. Drawn on the server, from the store. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ImageResponse } from 'next/og'
import { getTranslations } from 'next-intl/server'
import { runWords } from '#components/lab/experiment-words.ts'
import type { Comparison } from '#lib/contract/comparison.ts'
import { readRun } from '#lib/runs/read-run.ts'

export const size = { width: 1200, height: 630 }
export const contentType = 'image/png'

/** The light colours of the design tokens: a picture knows no style sheet. */
const COLOURS = {
  page: '#f6f8f6',
  ink: '#14201b',
  muted: '#46534d',
  accent: '#0a6b4c',
  track: '#e4eae6',
  sequential: '#3d4a55',
  async: '#1f78d1',
  threads: '#d4620a',
  processes: '#b0479a',
}
const BARS = 5
const NAME_WIDTH = 330
const BAR_WIDTH = 1060 - NAME_WIDTH

/** On one line: a long name ends with an ellipsis before its bar. */
const NAME = {
  display: 'block',
  width: NAME_WIDTH,
  paddingRight: 20,
  fontSize: 26,
  lineHeight: 1.3,
  color: COLOURS.muted,
  whiteSpace: 'nowrap',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
} as const

const fontFile = (alphabet: 'latin' | 'cyrillic', weight: 500 | 600): Promise<Buffer> =>
  readFile(
    path.join(
      /* turbopackIgnore: true */ process.cwd(),
      'node_modules/@fontsource/onest/files',
      `onest-${alphabet}-${weight}-normal.woff`,
    ),
  )

/** Latin and Cyrillic under names of their own: a letter is taken from the first that has it. */
const fonts = () =>
  Promise.all(
    (['latin', 'cyrillic'] as const).flatMap((alphabet) =>
      ([500, 600] as const).map(async (weight) => ({
        name: alphabet,
        weight,
        style: 'normal' as const,
        data: await fontFile(alphabet, weight),
      })),
    ),
  )

export default async function RunPicture({ params }: { params: Promise<{ locale: string; runId: string }> }) {
  const { locale, runId } = await params
  const shown = readRun(runId)
  if (shown === null) return new Response(null, { status: 404 })
  const { run, headline } = shown
  const t = await getTranslations({ locale: locale === 'ru' ? 'ru' : 'en' })
  const words = runWords(t, run)
  const entries = ((run.result?.comparison as Comparison | undefined)?.entries ?? []).slice(0, BARS)
  const longest = Math.max(1e-9, ...entries.map((entry) => entry.medianMs))
  return new ImageResponse(
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '64px 70px',
        background: COLOURS.page,
        color: COLOURS.ink,
        fontFamily: 'latin, cyrillic',
        fontWeight: 500,
      }}
    >
      <div style={{ display: 'flex', justifyContent: 'space-between', fontSize: 30, color: COLOURS.muted }}>
        <span>{words.name}</span>
        <span style={{ color: COLOURS.accent, fontWeight: 600 }}>Interleave</span>
      </div>
      <div style={{ display: 'flex', fontSize: 68, lineHeight: 1.12, fontWeight: 600, letterSpacing: '-0.02em' }}>
        {headline ? words.finding(headline) : t(`runs.noHeadline.${run.status}`)}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>
        {entries.map((entry) => (
          <div key={entry.key} style={{ display: 'flex', alignItems: 'center' }}>
            <div style={NAME}>{words.key(entry.key)}</div>
            <div style={{ display: 'flex', width: BAR_WIDTH, height: 26, background: COLOURS.track }}>
              <div
                style={{
                  width: Math.max(4, (entry.medianMs / longest) * BAR_WIDTH),
                  height: 26,
                  background: colourOf(entry.key),
                }}
              />
            </div>
          </div>
        ))}
      </div>
    </div>,
    { ...size, fonts: await fonts() },
  )
}

const colourOf = (key: string): string => {
  const strategy = key.split('×')[0] ?? key
  return Object.hasOwn(COLOURS, strategy) ? COLOURS[strategy as keyof typeof COLOURS] : COLOURS.accent
}
