import type { Hex } from 'viem'

/** A signature as RandomBeacon.prove takes it; see IRandomBeacon. */
export type BeaconPoint = readonly [bigint, bigint, bigint, bigint]

/** A round's signature, and what the round comes to by it. */
export type Proof = { readonly point: BeaconPoint; readonly seed: Hex }

/** Whoever signs rounds. */
export type GroupSigner = {
  /** The group key as the contract takes it. */
  readonly key: Hex
  /** @param round - the key's own number of it, without the key's number. */
  readonly sign: (round: bigint) => Proof
}
