/**
 * Runs a program to its end and answers its exit code. What tells us to stop is handed on to it, and the sequence that it belongs
 * to ends there: then it rejects with Interrupted, whatever the program made of it. What has not ended 1.5 s later is
 * killed, so that stopping never takes more than two seconds.
 */
import { spawn } from 'node:child_process'
import { environment, root } from './project.js'
import { exitCodeOf, stopSignal } from './stop-signal.js'

const GRACE_MS = 1_500

/** `onOutput` receives what the program prints, beside the terminal. */
export const runProgram = (command, args, { env = {}, onOutput, onSpawn, graceMs = GRACE_MS } = {}) =>
  new Promise((resolve, reject) => {
    stopSignal.throwIfAborted()
    const child = spawn(command, args, {
      cwd: root,
      env: environment(env),
      stdio: onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    let killer
    const pass = () => {
      child.kill(stopSignal.reason.signal)
      killer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    }
    stopSignal.addEventListener('abort', pass)
    if (onOutput) {
      for (const [stream, out] of [
        [child.stdout, process.stdout],
        [child.stderr, process.stderr],
      ]) {
        stream.on('data', (chunk) => {
          out.write(chunk)
          onOutput(String(chunk))
        })
      }
    }
    onSpawn?.(child)
    const settle = () => {
      clearTimeout(killer)
      stopSignal.removeEventListener('abort', pass)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      if (stopSignal.aborted) reject(stopSignal.reason)
      else resolve({ code: code ?? exitCodeOf(signal), signal })
    })
  })
