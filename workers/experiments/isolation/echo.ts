/**
 * The smallest program that can be spoken to, the same for all three kinds: as a thread it answers on its port, as a forked
 * process on its channel, as a program of its own on its standard streams, a line a message. It says 'ready', then answers
 * every message with itself, but 'memory' with its resident bytes; it ends when nobody is left to speak to.
 */
import { isMainThread, parentPort } from 'node:worker_threads'

const answer = (message: string): string => (message === 'memory' ? String(process.memoryUsage.rss()) : message)

if (!isMainThread) {
  parentPort?.on('message', (message: string) => parentPort?.postMessage(answer(message)))
  parentPort?.postMessage('ready')
} else if (process.send) {
  process.on('message', (message: string) => process.send?.(answer(message)))
  process.on('disconnect', () => process.exit(0))
  process.send('ready')
} else {
  process.stdin.setEncoding('latin1')
  process.stdin.on('data', (lines: string) => {
    for (const line of lines.split('\n')) if (line !== '') process.stdout.write(`${answer(line)}\n`)
  })
  process.stdout.write('ready\n')
}
