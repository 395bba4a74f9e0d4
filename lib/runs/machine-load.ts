/**
 * How busy the machine was with other things while a run measured: the share of all cores' time that programs outside this
 * server took, its runs, search host and movie API not among them. Read from /proc at the beginning and at the end, so it
 * costs a run nothing; where there is no /proc it is unknown. What a hypervisor gave to other guests (steal) counts, too.
 */
import { readFile } from 'node:fs/promises'
import { processTree } from './process-tree.ts'

/** In the kernel's ticks of 10 ms, of all cores together. */
export interface CpuTicks {
  all: number
  busy: number
  /** Of a process, its descendants, and those of them that have ended. */
  own: number
}

/** Of less than so much time a few ticks more or less would be a large share. */
const FEWEST_TICKS = 40
const IDLE = 3
const IOWAIT = 4
/** Guests' time, from here on, is counted in user time already. */
const GUEST = 8

/** @param stat of /proc/stat */
export const machineTicks = (stat: string): Pick<CpuTicks, 'all' | 'busy'> | null => {
  const columns = /^cpu +(.+)$/m.exec(stat)?.[1]?.split(' ').slice(0, GUEST).map(Number)
  if (columns === undefined || columns.length <= IOWAIT || columns.some(Number.isNaN)) return null
  const all = columns.reduce((sum, column) => sum + column, 0)
  return { all, busy: all - (columns[IDLE] ?? 0) - (columns[IOWAIT] ?? 0) }
}

/** @param stat of /proc/…/stat, whose name in brackets may hold anything */
export const processTicks = (stat: string): number => {
  const [, ...afterName] = /.*\) (.*)$/s.exec(stat)?.[1]?.split(' ') ?? []
  // utime, stime, and those of children that were waited for.
  return afterName.slice(10, 14).reduce((sum, ticks) => sum + Number(ticks), 0)
}

export const readCpuTicks = async (pid = process.pid): Promise<CpuTicks | null> => {
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '') // none here, or it has ended
  const [machine, ...own] = await Promise.all([
    read('/proc/stat').then(machineTicks),
    ...(await processTree(pid)).map((each) => read(`/proc/${each}/stat`).then(processTicks)),
  ])
  return machine && { ...machine, own: own.reduce((sum, ticks) => sum + ticks, 0) }
}

/** From 0 to 1; null where it can't be told. */
export const otherCpuShare = (from: CpuTicks | null, to: CpuTicks | null): number | null => {
  if (from === null || to === null || to.all - from.all < FEWEST_TICKS) return null
  const others = to.busy - from.busy - (to.own - from.own)
  return Math.min(1, Math.max(0, others / (to.all - from.all)))
}
