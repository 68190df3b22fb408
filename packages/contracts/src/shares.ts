import { encodeAbiParameters, type Hex, keccak256 } from 'viem'
import type { RoundShares } from './types.ts'

const SHARES_PARAMETERS = [
  { type: 'uint256' },
  { type: 'address' },
  { type: 'uint32' },
  { type: 'uint32[]' },
] as const

/**
 * The one hash that anchors a round's whole share vector: keccak256(abi.encode(chainid, scenario, round, shares)), see
 * IScenario.assertRound. Chain, Scenario and round are inside, so a vector cannot be replayed elsewhere.
 * @param anchor - `shares` are integers of at most 32 bits, one per client in index order.
 */
export function sharesHash(anchor: RoundShares): Hex {
  const { chainId, scenario, round, shares } = anchor
  return keccak256(
    encodeAbiParameters(SHARES_PARAMETERS, [BigInt(chainId), scenario, round, shares]),
  )
}
