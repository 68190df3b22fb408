import type { RowRoom } from '@fednode/engine'
import type { JoinOptions } from './handler.ts'

/** Where a silo's rows may be: in memory as far as it was allowed, else in its own directory. */
export function roomOf({ memoryLimit, directory }: JoinOptions): RowRoom {
  return { memoryBytes: memoryLimit, directory }
}
