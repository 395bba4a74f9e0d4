/** Who may import whom: the table of ARCHITECTURE.md as data, held against every import of the project. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const root = path.dirname(import.meta.dirname)

const UI_PACKAGES = ['react', 'react-dom', 'next', 'next-intl', 'recharts']

const WORKERS_MAY = [
  'lib/contract',
  'lib/experiments',
  'lib/primitives',
  'lib/statistics',
  'lib/trace',
  'lib/movies',
  'node:*',
  'zod',
  'undici',
  'redis',
  'pg',
]

/** The first room whose folder a file stands in decides; `own` folder and relative styles are always allowed. */
const RULES: { room: string; may: string[] }[] = [
  { room: 'lib/contract', may: ['zod'] },
  { room: 'lib/primitives', may: [] },
  { room: 'lib/statistics', may: [] },
  { room: 'lib/trace', may: ['lib/contract', 'lib/statistics'] },
  { room: 'lib/experiments', may: ['lib/contract', 'lib/statistics', 'lib/trace', 'lib/movies', 'zod'] },
  { room: 'lib/movies', may: ['lib/contract', 'zod', 'undici', 'node:*'] },
  { room: 'lib/http', may: ['lib/contract', 'zod'] },
  { room: 'lib/i18n', may: ['next-intl', 'next'] },
  {
    room: 'lib/runs',
    may: ['lib/contract', 'lib/experiments', 'lib/trace', 'lib/movies', 'node:*', 'server-only', 'zod', 'package.json'],
  },
  {
    room: 'lib/client',
    may: ['lib/contract', 'lib/experiments', 'lib/trace', 'lib/statistics', 'react', 'swr', 'zustand', 'next-intl'],
  },
  // The bench measures us against the published pools, which nothing else may know.
  {
    room: 'workers/bench',
    may: [...WORKERS_MAY, 'workers', 'scripts/production-server.js', 'piscina', 'poolifier', 'tinypool', 'workerpool'],
  },
  { room: 'workers', may: WORKERS_MAY },
  {
    room: 'components',
    may: [
      'lib/client',
      'lib/contract',
      'lib/experiments',
      'lib/trace',
      'lib/statistics',
      'lib/i18n',
      'swr',
      'zustand',
      ...UI_PACKAGES,
    ],
  },
  {
    room: 'app/api',
    may: ['lib/http', 'lib/runs', 'lib/contract', 'lib/experiments', 'lib/trace', 'next', 'zod', 'node:*'],
  },
  {
    room: 'app',
    may: [
      'components',
      'lib/experiments',
      'lib/contract',
      'lib/i18n',
      'lib/runs',
      'lib/client',
      'server-only',
      'node:*',
      ...UI_PACKAGES,
    ],
  },
]

/** Packages only this folder may import. */
const ONLY: Record<string, string> = { recharts: 'components/charts' }

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesOf(full)
    return /\.tsx?$/.test(entry.name) ? [full] : []
  })

const SPECIFIER =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

const importsOf = (file: string): string[] => {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(SPECIFIER)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** A specifier as a path from the root ('lib/trace/x.ts'), or the package's name. */
const resolve = (file: string, specifier: string): string => {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return path.relative(root, path.resolve(path.dirname(file), specifier))
  return specifier
}

const allowed = (target: string, may: readonly string[]): boolean =>
  may.some((rule) =>
    rule.endsWith('*') ? target.startsWith(rule.slice(0, -1)) : target === rule || target.startsWith(`${rule}/`),
  )

/** Tests with what only they use. */
const isTest = (name: string): boolean => /(\.test|-contract|-fixture)\.tsx?$/.test(name)

const ROOMS = ['app', 'components', 'lib', 'workers'].filter((folder) =>
  statSync(path.join(root, folder), { throwIfNoEntry: false })?.isDirectory(),
)

describe('imports', () => {
  const files = ROOMS.flatMap((room) => filesOf(path.join(root, room)))

  it('are found at all, so that the rules below are held against something', () => {
    assert.ok(files.length > 20)
    assert.ok(files.flatMap(importsOf).length > 50)
  })

  it('follow the table of who may import whom', () => {
    const offences: string[] = []
    for (const file of files) {
      const name = path.relative(root, file)
      const rule = RULES.find(({ room }) => name.startsWith(`${room}/`))
      if (!rule) {
        offences.push(`${name}: stands in no room`)
        continue
      }
      for (const specifier of importsOf(file)) {
        const target = resolve(file, specifier)
        if (target.startsWith(`${rule.room}/`) || allowed(target, rule.may)) continue
        if (isTest(name) && !target.startsWith('app/')) continue // tests may reach for their tools and for worked examples
        offences.push(`${name}: ${specifier}`)
      }
    }
    assert.deepEqual(offences, [])
  })

  it('keep a package that one room owns inside that room', () => {
    const offences = files
      .map((file) => path.relative(root, file))
      .filter((name) =>
        importsOf(path.join(root, name)).some((specifier) => {
          const owner = ONLY[specifier]
          return owner !== undefined && !name.startsWith(owner)
        }),
      )
    assert.deepEqual(offences, [])
  })

  it('never reach into workers: its programs are started by path', () => {
    const offences = files
      .map((file) => path.relative(root, file))
      .filter((name) => !name.startsWith('workers/') && !isTest(name))
      .filter((name) =>
        importsOf(path.join(root, name)).some((s) => resolve(path.join(root, name), s).startsWith('workers/')),
      )
    assert.deepEqual(offences, [])
  })
})
