/** Where the project and its own Node are. Plain JavaScript without dependencies: it runs before anything is installed, on Node 20. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Node 26 from the npm package `node`: whatever the machine's own Node is, the project runs on this one. */
export const nodeBinary = path.join(root, 'node_modules', 'node', 'bin', 'node')

export const nextProgram = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next')

/** The environment of everything started here: Node 26 is what `node` means for children of children, too. */
export const environment = (extra = {}) => ({
  ...process.env,
  PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  NEXT_TELEMETRY_DISABLED: '1',
  ...extra,
})
