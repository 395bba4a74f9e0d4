/** The machine that measures, as every run records it. */
import os from 'node:os'
import type { Machine } from '../contract/run.ts'

export const describeMachine = (): Machine => ({
  // Not os.cpus().length: a container or an affinity mask may allow fewer.
  cpus: os.availableParallelism(),
  model: os.cpus()[0]?.model.trim() || os.arch(),
  memoryBytes: os.totalmem(),
  os: `${os.type()} ${os.release()}`,
  node: process.version,
})
