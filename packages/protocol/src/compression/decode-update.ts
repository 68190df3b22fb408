import { decodeWeights } from '../codec/decode-weights.ts'
import type { Weights } from '../codec/weights.ts'
import type { CompressionSpec } from '../manifest/types.ts'
import { decodeFp16Update } from './fp16-update.ts'
import { decodeInt8Update } from './int8-update.ts'
import { decodeTopKUpdate } from './top-k-update.ts'

/**
 * Reads an update in the form that the manifest names, to full weights; the same bytes give the same bits everywhere. Values may be
 * anything, NaN included: see checkUpdateContent.
 * @returns weights of base.specs with their own copy of the values.
 * @throws {CodecError} CODEC_WRONG_TENSORS, CODEC_BAD_COMPRESSION; else as decodeSafetensors.
 */
export function decodeUpdate(
  bytes: Uint8Array,
  base: Weights,
  compression: CompressionSpec | undefined,
): Weights {
  const { specs } = base
  switch (compression?.kind) {
    case undefined:
    case 'none':
      return decodeWeights(bytes, specs)
    case 'fp16':
      return { specs, values: decodeFp16Update(bytes, base) }
    case 'int8':
      return { specs, values: decodeInt8Update(bytes, base) }
    case 'top-k':
      return { specs, values: decodeTopKUpdate(bytes, base, compression.ratio) }
  }
}
