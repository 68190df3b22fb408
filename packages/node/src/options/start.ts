import { optional } from '../framework/option.ts'
import { filePath } from '../framework/value-type.ts'

/** The model that training.start of a manifest names. */
export const startOptions = {
  start: optional(
    filePath(),
    'the model that the manifest starts from: safetensors, or model.json of TensorFlow.js; needed once',
  ),
} as const
