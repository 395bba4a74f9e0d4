/**
 * Runs a program to its end and answers its exit code. SIGINT, SIGTERM and SIGHUP are handed on to it, and so is the end of
 * whoever started us: npm's shell dies of a signal without telling. What has not ended 1.5 s later is killed, so that
 * stopping never takes more than two seconds.
 */
import { spawn } from 'node:child_process'
import { environment, root } from './project.js'

const GRACE_MS = 1_500
const PARENT_CHECK_MS = 200

/** `onOutput` receives what the program prints, beside the terminal. */
export const runProgram = (command, args, { env = {}, onOutput, onSpawn, graceMs = GRACE_MS } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: environment(env),
      stdio: onOutput ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    let killer
    const pass = (signal) => {
      child.kill(signal)
      killer ??= setTimeout(() => child.kill('SIGKILL'), graceMs)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, pass)
    const parent = process.ppid
    const watch = setInterval(() => process.ppid !== parent && !killer && pass('SIGTERM'), PARENT_CHECK_MS)
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
      clearInterval(watch)
      for (const signal of signals) process.off(signal, pass)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      resolve({ code: code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1), signal })
    })
  })
