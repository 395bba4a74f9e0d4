/**
 * For tests: a disk that is really full. A program is started under the system's own limit on the size of files, so that every
 * write beyond it fails; the program tells how its run failed.
 */
import { spawnSync } from 'node:child_process'
import { z } from 'zod'
import { RunFailure } from './run-context.ts'

const toldSchema = z.object({ code: z.string().nullable(), message: z.string() })

/** No file of the program may grow beyond so many blocks of 512 bytes. */
const BLOCKS = 256

/** `program` is a module that calls `tellFailure`. */
export const runOnFullDisk = (
  program: string,
  { args = [], blocks = BLOCKS }: { args?: string[]; blocks?: number | undefined } = {},
): z.infer<typeof toldSchema> => {
  const limited = spawnSync(
    'sh',
    ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, program, ...args],
    { encoding: 'utf8', env: { ...process.env, NODE_COMPILE_CACHE: '', NODE_DISABLE_COMPILE_CACHE: '1' } },
  )
  return toldSchema.parse(JSON.parse(limited.stdout))
}

/** What `runOnFullDisk` hears: the code and message of the failure; no code when it succeeded. */
export const tellFailure = async (run: () => Promise<unknown>): Promise<void> => {
  let told = { code: null as string | null, message: 'it succeeded' }
  try {
    await run()
  } catch (error) {
    told = error instanceof RunFailure ? error : { code: 'unknown', message: String(error) }
  }
  process.stdout.write(JSON.stringify({ code: told.code, message: told.message }))
}
