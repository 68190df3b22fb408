import { type Address, encodeAbiParameters, encodePacked, type Hex, keccak256 } from 'viem'

/** What a validator of the arena commits to, and where. */
export type ScoreCommitment = {
  readonly chainId: number
  readonly registry: Address
  readonly task: bigint
  readonly round: number
  readonly validator: Address
  /** One per model: 0 to 10,000, or NO_SCORE where the validator was not drawn. */
  readonly scores: readonly number[]
  /** 32 random bytes. Whoever loses them cannot reveal, and is slashed: keep them before anything is sent. */
  readonly salt: Hex
}

/** What a validator says of a model that it was not drawn for. */
export const NO_SCORE = 65_535

const TYPES = [
  { type: 'uint256' },
  { type: 'address' },
  { type: 'uint256' },
  { type: 'uint256' },
  { type: 'address' },
  { type: 'bytes32' },
  { type: 'bytes32' },
] as const

/** ScoreVoting.commitmentOf. */
export function scoreCommitment(commitment: ScoreCommitment): Hex {
  const { chainId, registry, task, round, validator, scores, salt } = commitment
  const payload = keccak256(encodePacked(['uint16[]'], [[...scores]]))
  const place = [BigInt(chainId), registry, task, BigInt(round)] as const
  return keccak256(encodeAbiParameters(TYPES, [...place, validator, payload, salt]))
}
