import {
  CodecError,
  type Manifest,
  maxUpdateBytes,
  maxWeightsBytes,
  type TensorSpec,
} from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { Evidence } from './evidence.ts'

/**
 * Refuses blobs that are larger than this model's can be, before anybody asks for them (T8).
 * @throws {AggregatorError} UPDATE_CHANGED. @throws {CodecError} CODEC_WRONG_TENSORS for base and state.
 */
export function checkSizes(
  { silos, base, stateBefore }: Evidence,
  specs: readonly TensorSpec[],
  { compression }: Pick<Manifest, 'compression'>,
): void {
  const most = maxUpdateBytes(specs, compression)
  const large = silos.find(({ update }) => update.size > most)
  if (large !== undefined) throw tooLargeUpdate(large, most)
  const limit = maxWeightsBytes(specs)
  for (const { size } of [base, ...stateBefore.map(({ blob }) => blob)]) {
    if (size > limit) throw tooLarge(size, limit)
  }
}

function tooLargeUpdate({ silo, update }: Evidence['silos'][number], most: number) {
  const message = `the update of ${silo} has ${update.size} bytes, at most ${most} are possible`
  return new AggregatorError(message, { code: 'UPDATE_CHANGED', silo })
}

function tooLarge(size: number, limit: number): CodecError {
  const reason = `${size} bytes, at most ${limit} are possible`
  return new CodecError(`weights: ${reason}`, { code: 'CODEC_WRONG_TENSORS', reason })
}
