/** A process that a run starts and that does not end by itself: holds as many megabytes as it is told, and ignores its parent. */
import { fillMemory } from './probe.ts'

const held = fillMemory(Number(process.argv[2] ?? 0))
process.on('disconnect', () => undefined)
process.on('SIGTERM', () => undefined)
setInterval(() => held.length, 60_000)
process.send?.('ready')
