import { encodeSafetensors } from '@fednode/protocol'
import { DIGIT_SHAPE } from './digits.ts'
import type { DigitRows } from './digits-split.ts'

/** Digits as a file that any participant reads: safetensors with features and labels, a byte each. */
export function encodeDigits({ pixels, labels }: DigitRows): Uint8Array {
  const count = labels.length
  return encodeSafetensors([
    { name: 'features', dtype: 'U8', shape: [count, ...DIGIT_SHAPE], bytes: pixels },
    { name: 'labels', dtype: 'U8', shape: [count], bytes: labels },
  ])
}
