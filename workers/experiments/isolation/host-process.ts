/**
 * A process of this lab's own, in which something is measured or may die without anybody else noticing. Ended by SIGKILL when
 * the run is cancelled; whatever it started ends when its channel or its input does.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerEnvironment } from '../../executors/compile-cache.ts'

export interface HostOptions {
  /** A file of this folder. */
  program: `./${string}.ts`
  args: readonly string[]
  /** Where it stands, so that nothing it leaves is left elsewhere. */
  folder: string
  signal: AbortSignal
  onMessage: (message: unknown) => void
  /** Its death is what is looked at: no dump of its memory is written, and its last words are kept back. */
  sacrificial?: boolean
}

export interface HostEnd {
  code: number | null
  signal: NodeJS.Signals | null
  /** What it said last. */
  stderr: string
}

const LAST_WORDS = 4_096

const start = ({ program, args, folder, sacrificial }: HostOptions): ChildProcess => {
  const node = [process.execPath, fileURLToPath(new URL(program, import.meta.url)), ...args]
  // Node has no call for the limit of core dumps, the shell has; it then becomes the program, so pid and channel are the host's.
  const withoutDumps = sacrificial && process.platform !== 'win32'
  const [command = '', ...rest] = withoutDumps ? ['/bin/sh', '-c', 'ulimit -c 0; exec "$@"', 'sh', ...node] : node
  return spawn(command, rest, {
    cwd: folder,
    env: workerEnvironment(),
    stdio: ['ignore', 'ignore', sacrificial ? 'pipe' : 'inherit', 'ipc'],
    serialization: 'advanced',
  })
}

/** Resolves when the host has ended, however; rejects when it could not be started, or with the signal's reason. */
export const runHost = async (options: HostOptions): Promise<HostEnd> => {
  const { signal, onMessage } = options
  signal.throwIfAborted()
  const host = start(options)
  let stderr = ''
  host.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-LAST_WORDS)
  })
  host.on('message', onMessage)
  const kill = (): void => void host.kill('SIGKILL')
  signal.addEventListener('abort', kill)
  try {
    const end = await new Promise<HostEnd>((resolve, reject) => {
      host.on('error', reject)
      // 'close', not 'exit': what it said last may still be in the pipe.
      host.on('close', (code, endSignal) => resolve({ code, signal: endSignal, stderr }))
    })
    signal.throwIfAborted()
    return end
  } finally {
    signal.removeEventListener('abort', kill)
  }
}
