import { defaulted, optional, required } from '../../../framework/option.ts'
import { positiveNumber } from '../../../framework/positive-number.ts'
import { filePath, integer, listOf, text } from '../../../framework/value-type.ts'
import { engineOptions } from '../../../options/engine.ts'
import { memoryOptions } from '../../../options/memory.ts'
import { modelOptions } from '../../../options/model.ts'

const MAX_EPOCHS = 1_000
const DEFAULT_EPOCHS = 5
const MAX_RATE = 10
/** More would leave too little to learn from. */
const MAX_HELD = 0.5
const DEFAULT_HELD = 0.2
const MAX_SEED = 4_294_967_295

export const modelFinetuneOptions = {
  data: required(filePath(), 'the rows, with their label'),
  out: required(filePath(), 'file to write: .safetensors'),
  epochs: defaulted(integer('N', 1, MAX_EPOCHS), DEFAULT_EPOCHS, 'passes over the rows'),
  rate: optional(
    positiveNumber('RATE', MAX_RATE),
    'learning rate (default: a tenth of what the manifest says)',
  ),
  freeze: optional(
    listOf(text('LAYER')),
    'layers that stay as they are, for example dense_1 (default: as in the manifest, with its adapters)',
  ),
  hold: defaulted(
    positiveNumber('SHARE', MAX_HELD),
    DEFAULT_HELD,
    'part of the rows, whole groups of them, that the model is measured on before and after',
  ),
  seed: defaulted(integer('N', 0, MAX_SEED), 1, 'draws the rows that are held back, and shuffles'),
  ...engineOptions,
  ...memoryOptions,
  ...modelOptions,
} as const
