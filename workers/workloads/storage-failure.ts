/**
 * A full disk, a folder that is missing or may not be written: told apart from defects by the codes of the system and of SQLite,
 * for their texts differ between versions. Across threads and processes an error keeps its name, so that is the mark.
 */

const NAME = 'StorageFailure'

export class StorageFailure extends Error {
  override readonly name = NAME
}

const SYSTEM_CODES: ReadonlySet<unknown> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EFBIG',
  'EROFS',
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EIO',
])

/** Primary result codes: PERM, READONLY, IOERR, FULL, CANTOPEN. */
const SQLITE_CODES: ReadonlySet<number> = new Set([3, 8, 10, 13, 14])

/** The lowest byte of an extended result code is the primary one. */
const PRIMARY = 0xff

const isOfStorage = (error: Error): boolean => {
  if (error.name === NAME || ('code' in error && SYSTEM_CODES.has(error.code))) return true
  return 'errcode' in error && typeof error.errcode === 'number' && SQLITE_CODES.has(error.errcode & PRIMARY)
}

/** Null: something else went wrong. */
export const storageFailureOf = (thrown: unknown): StorageFailure | null =>
  thrown instanceof Error && isOfStorage(thrown) ? new StorageFailure(thrown.message, { cause: thrown }) : null

/** Of an error that came from a worker. */
export const isStorageFailure = (error: { name: string }): boolean => error.name === NAME
