import { maxFileBytes } from '../codec/max-file-bytes.ts'
import type { TensorForm } from '../codec/tensor.ts'
import { weightForms } from '../codec/weight-forms.ts'
import { countValues, type TensorSpec } from '../codec/weights.ts'
import type { CompressionSpec } from '../manifest/types.ts'
import { int8Forms } from './int8-update.ts'
import { topKForms } from './top-k-update.ts'

/** Largest file in bytes that an update of this model may have, as it travels; a larger one is not fetched (T8). */
export function maxUpdateBytes(
  specs: readonly TensorSpec[],
  compression: CompressionSpec | undefined,
): number {
  return maxFileBytes(formsOf(specs, compression))
}

function formsOf(
  specs: readonly TensorSpec[],
  compression: CompressionSpec | undefined,
): readonly TensorForm[] {
  switch (compression?.kind) {
    case undefined:
    case 'none':
      return weightForms(specs)
    case 'fp16':
      return weightForms(specs, 'F16')
    case 'int8':
      return int8Forms(specs)
    case 'top-k':
      return topKForms(countValues(specs), compression.ratio)
  }
}
