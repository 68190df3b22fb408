import { optional, required } from '../../../framework/option.ts'
import { choice, filePath } from '../../../framework/value-type.ts'
import { adapterOptions, INSTALLABLE_ENGINES } from '../../../options/engine.ts'

export const engineInstallArguments = {
  engine: required(
    choice('ENGINE', INSTALLABLE_ENGINES),
    `engine to install: ${INSTALLABLE_ENGINES.join(', ')}`,
  ),
} as const

export const engineInstallOptions = {
  wheel: optional(
    filePath('FILE'),
    "TensorFlow's Python wheel, to take its library from (default: pip fetches one)",
  ),
  libtensorflow: optional(
    filePath('DIR'),
    "TensorFlow's library: a folder with lib and include, or of a Python installation",
  ),
  packages: optional(
    filePath('DIR'),
    'folder of tarballs made with npm pack, for machines that reach no registry',
  ),
  ...adapterOptions,
} as const
