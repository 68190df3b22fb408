import { defaulted } from '../framework/option.ts'
import { filePath } from '../framework/value-type.ts'

/** Where a participant keeps its keys, configuration and journals unless told otherwise. */
export const DEFAULT_DIRECTORY = '.fednode'

/** The data directory of one participant. */
export const directoryOptions = {
  dir: defaulted(
    filePath('DIR'),
    DEFAULT_DIRECTORY,
    'directory with keys, configuration and journals',
  ),
} as const
