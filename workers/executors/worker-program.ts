/**
 * A worker's program as one CommonJS file. Loading its dozen TypeScript modules one by one takes a thread longer than starting
 * does; so they are joined once per version, types stripped, and kept in the cache folder. What is joined is this folder's own
 * style: named imports and exports at the beginning of a line, no default exports, no top-level name used by two modules.
 * A name used twice is a syntax error of the program, which every executor test would meet.
 *
 * Where nothing can be written the TypeScript program itself is started, only slower.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { CACHE_FOLDER } from './compile-cache.ts'

const IMPORT = /^import\s+(type\s+)?(?:\{([^}]*)\}\s+from\s+)'([^']+)'\n?/gm
const EXPORT = /^export (?=const |class |function |async function )/gm

/** The modules a program consists of, those that others need first. */
const collect = (file: string, into: Map<string, string>, entered = new Set<string>()): Map<string, string> => {
  if (entered.has(file)) return into
  entered.add(file)
  const source = readFileSync(file, 'utf8')
  for (const [, typeOnly, , specifier] of source.matchAll(IMPORT)) {
    if (!typeOnly && specifier?.startsWith('.')) collect(join(dirname(file), specifier), into, entered)
  }
  return into.set(file, source)
}

/** Of `import { a, type B } from …`: the values. */
const valuesOf = (names: string): string[] =>
  names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))

const joinModules = (modules: ReadonlyMap<string, string>): string => {
  const builtin = new Map<string, Set<string>>()
  const bodies = Array.from(modules.values(), (source) => {
    for (const [, typeOnly, names = '', specifier = ''] of source.matchAll(IMPORT)) {
      if (typeOnly || specifier.startsWith('.')) continue
      const known = builtin.get(specifier) ?? new Set()
      for (const name of valuesOf(names)) known.add(name)
      builtin.set(specifier, known)
    }
    return stripTypes(source.replace(IMPORT, '')).replace(EXPORT, '')
  })
  const requires = Array.from(
    builtin,
    ([specifier, names]) => `const { ${[...names].join(', ')} } = require('${specifier}')`,
  )
  return ["'use strict'", ...requires, ...bodies].join('\n')
}

/** Node strips the types of every program here, but warns where it is asked to in words. */
const stripTypes = (source: string): string => {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

const joined = new Map<string, URL>()

/** The file to start for `program`, a .ts file of this folder. */
export const workerProgram = (program: URL): URL => {
  const known = joined.get(program.href)
  if (known) return known
  const modules = collect(fileURLToPath(program), new Map())
  const hash = createHash('sha256')
  for (const source of modules.values()) hash.update(source)
  const name = `${program.pathname.split('/').at(-1)?.replace('.ts', '')}-${hash.digest('hex').slice(0, 16)}.cjs`
  const target = join(CACHE_FOLDER, name)
  let start = pathToFileURL(target)
  try {
    if (!existsSync(target)) {
      mkdirSync(CACHE_FOLDER, { recursive: true })
      // Another process may be doing the same: it sees all of the file or none.
      const draft = `${target}.${process.pid}.${crypto.randomUUID()}`
      writeFileSync(draft, joinModules(modules))
      renameSync(draft, target)
    }
  } catch {
    // A folder that can't be written to, as in a read-only installation.
    start = program
  }
  joined.set(program.href, start)
  return start
}
