/**
 * The environment of a worker: the caller's, with a folder in which Node keeps compiled code. Without it each worker strips the
 * types of its program again, which takes longer than all the rest of its start.
 */
import { join } from 'node:path'

/** Outside the sources, and gone with the installed packages. */
export const CACHE_FOLDER = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'interleave-workers')

export const workerEnvironment = (): NodeJS.ProcessEnv => ({ NODE_COMPILE_CACHE: CACHE_FOLDER, ...process.env })
