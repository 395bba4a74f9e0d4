/** Writes a block (block.ts) into bytes, once, whatever the number of workers. */
import { Serializer } from 'node:v8'
import type { Block } from './block.ts'

/** Thrown instead of serialising: shared memory can't become bytes, its whole point is that it isn't copied. */
export class SharedMemoryInArgs extends Error {
  override readonly name = 'SharedMemoryInArgs'
}

class BlockSerializer extends Serializer {
  // Called by v8 for each SharedArrayBuffer, also for one behind a typed array.
  _getSharedArrayBufferId(): number {
    throw new SharedMemoryInArgs('a SharedArrayBuffer is not copied but shared')
  }
}

/** Throws `SharedMemoryInArgs`, or v8's DataCloneError whose message names what can't be cloned. */
export const encodeBlock = (block: Block): Uint8Array => {
  const serializer = new BlockSerializer()
  serializer.writeHeader()
  serializer.writeValue([block.task.module, block.task.name, block.args])
  return serializer.releaseBuffer()
}
