import { memorySize } from '../framework/memory-size.ts'
import { defaulted } from '../framework/option.ts'

const GIB = 1_073_741_824

/** How much of a file's rows is held in memory. */
export const memoryOptions = {
  memoryLimit: defaulted(
    memorySize,
    GIB,
    'features of the rows that stay in memory; where they are more, all are put into a private file without a name',
  ),
} as const
