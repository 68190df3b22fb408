import { optional } from '../framework/option.ts'
import { integer } from '../framework/value-type.ts'

/** More than any batch has shards. */
const MAX_THREADS = 64

/** How much of the machine one training takes. */
export const threadOptions = {
  threads: optional(
    integer('N', 1, MAX_THREADS),
    'threads that a silo trains on where its batches are large enough; the result is the same with any number (default: one for each core, shared among the silos of this machine by up)',
  ),
} as const
