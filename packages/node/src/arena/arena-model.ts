import { contributionBytes, decodeContribution, encodeContribution } from '@fednode/aggregator'
import type { AddressText, TensorSpec, Weights } from '@fednode/protocol'

/** A model stands until its node submits another one, whatever the round: it names none. */
const ROUND = 0

/** Whose model it is, and of which task (see taskScope). */
type ModelTerms = { readonly scope: AddressText; readonly node: AddressText }

/** A model as it is submitted and travels: it names task and node, so that a copy of somebody else's digest is nobody's model. */
export function encodeArenaModel(weights: Weights, { scope, node }: ModelTerms): Uint8Array {
  return encodeContribution(weights, { scope, round: ROUND, proposer: node })
}

/** Reads a model that is exactly what encodeArenaModel writes, and finite; undefined for anything else, which scores nothing. */
export function decodeArenaModel(
  bytes: Uint8Array,
  specs: readonly TensorSpec[],
  { scope, node }: ModelTerms,
): Weights | undefined {
  return decodeContribution(bytes, specs, { scope, round: ROUND, proposer: node })
}

/** Bytes of every model of these tensors. */
export const arenaModelBytes = contributionBytes
