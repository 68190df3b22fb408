import {
  type AddressText,
  CodecError,
  countValues,
  decodeWeights,
  encodeWeights,
  type TensorSpec,
  type Weights,
} from '@fednode/protocol'

/** Digits of a round in a contribution: all contributions to one model have the same length, whatever the round. */
const ROUND_DIGITS = 10
const NOBODY: AddressText = '0x0000000000000000000000000000000000000000'

/** Whose contribution it is, and to which round of which alliance (see allianceScope). Addresses in any letter case. */
export type ContributionTerms = {
  readonly scope: AddressText
  readonly round: number
  readonly proposer: AddressText
}

/**
 * What a proposer trained, in the one form that counts: a safetensors file of all weights whose notes name alliance, round and proposer,
 * so that a copy of somebody else's bytes is nobody's contribution.
 * @throws {CodecError} CODEC_WRONG_TENSORS when `values` does not fill `specs`.
 */
export function encodeContribution(weights: Weights, terms: ContributionTerms): Uint8Array {
  return encodeWeights(weights, {
    alliance: terms.scope.toLowerCase(),
    proposer: terms.proposer.toLowerCase(),
    round: String(terms.round).padStart(ROUND_DIGITS, '0'),
  })
}

/**
 * Reads a contribution that is exactly what encodeContribution writes, and finite; every voter comes to the same answer, because it
 * depends on the bytes alone.
 * @returns undefined for anything else: there is then no contribution.
 */
export function decodeContribution(
  bytes: Uint8Array,
  specs: readonly TensorSpec[],
  terms: ContributionTerms,
): Weights | undefined {
  const weights = tryDecode(bytes, specs)
  if (weights === undefined || !weights.values.every(Number.isFinite)) return undefined
  const expected = encodeContribution(weights, terms)
  return Buffer.compare(expected, bytes) === 0 ? weights : undefined
}

/** Bytes of every contribution to a model of these tensors. */
export function contributionBytes(specs: readonly TensorSpec[]): number {
  const values = new Float32Array(countValues(specs))
  return encodeContribution({ specs, values }, { scope: NOBODY, round: 1, proposer: NOBODY }).length
}

function tryDecode(bytes: Uint8Array, specs: readonly TensorSpec[]): Weights | undefined {
  try {
    return decodeWeights(bytes, specs)
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}
