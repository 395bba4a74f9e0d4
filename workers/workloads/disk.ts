/**
 * Files written, forced to the disk (fsync) and read back, each in the given temporary folder, which the run removes. The
 * calls are asynchronous, so that one event loop can have many in flight; the file is removed even when a step fails.
 */
import { open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { createSeededRandom } from '#lib/statistics/seeded-random.ts'
import { defineTask } from '../executors/executor.ts'
import { checksumOf, checksumOfText } from './checksum.ts'
import { StorageFailure, storageFailureOf } from './storage-failure.ts'
import type { Cut, CutOptions, Joined, Workload, WorkloadSize } from './workload.ts'

export interface DiskArgs {
  folder: string
  index: number
  bytes: number
  seed: number
}

/** Checksum of what was read back. */
export type DiskPart = string

const BYTES: Record<WorkloadSize, number> = { small: 16 * 1024, medium: 128 * 1024, large: 1024 * 1024 }

const contentOf = (bytes: number, seed: number): Uint8Array => {
  const random = createSeededRandom(seed)
  const words = new Uint32Array(bytes / 4)
  for (let i = 0; i < words.length; i++) words[i] = random.bits()
  return new Uint8Array(words.buffer)
}

export const disk = async (args: DiskArgs): Promise<DiskPart> => {
  try {
    return await writeAndReadBack(args)
  } catch (error) {
    throw storageFailureOf(error) ?? error
  }
}

const writeAndReadBack = async ({ folder, index, bytes, seed }: DiskArgs): Promise<DiskPart> => {
  const file = path.join(folder, `disk-${process.pid}-${index}`)
  const content = contentOf(bytes, seed + index)
  try {
    // 'wx' refuses a file that is there already: a task never reads back what another one wrote.
    await using handle = await open(file, 'wx')
    await handle.writeFile(content)
    await handle.sync()
    const readBack = await readFile(file)
    const checksum = checksumOf(readBack)
    if (checksum !== checksumOf(content)) throw new StorageFailure(`${bytes} bytes came back from the disk changed`)
    return checksum
  } finally {
    await rm(file, { force: true })
  }
}

export const joinDisk = ({ parts }: { parts: DiskPart[] }): Joined => ({
  checksum: checksumOfText(parts.join()),
  artefact: null,
})

const diskTask = defineTask<DiskArgs, DiskPart>(import.meta.url, 'disk')
const joinTask = defineTask<{ parts: DiskPart[] }, Joined>(import.meta.url, 'joinDisk')

export const createDiskWorkload = (folder: string): Workload<DiskArgs, DiskPart> => ({
  id: 'disk',
  kind: 'io',
  cut({ size, tasks, seed }: CutOptions): Cut<DiskArgs, DiskPart> {
    return {
      task: diskTask,
      argsList: Array.from({ length: tasks }, (_, index) => ({ folder, index, bytes: BYTES[size], seed })),
      joinTask,
      joinArgs: {},
      copiedBytes: { toWorkers: 0, fromWorkers: 0 },
    }
  },
})
