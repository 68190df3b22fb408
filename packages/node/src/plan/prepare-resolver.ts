import { type ChainAccount, deployAttesterResolver } from '@fednode/contracts'
import type { Manifest } from '@fednode/protocol'
import { type Address, getAddress, zeroAddress } from 'viem'

/** Who decides a federation's disputes, and what it cost to put him there. */
export type PreparedResolver = { readonly resolver: Address; readonly gasUsed: bigint }

/**
 * The resolver that a manifest names; attesters get one of their own, deployed now. The zero address without disputes.
 * @throws {ChainError} see deployAttesterResolver.
 */
export async function prepareResolver(
  account: ChainAccount,
  { dispute }: Manifest,
): Promise<PreparedResolver> {
  const { resolver = zeroAddress, attesters = [], threshold = 0 } = dispute ?? {}
  if (attesters.length === 0) return { resolver: getAddress(resolver), gasUsed: 0n }
  const deployed = await deployAttesterResolver(account, {
    attesters: attesters.map((attester) => getAddress(attester)),
    threshold,
  })
  return { resolver: deployed.address, gasUsed: deployed.gasUsed }
}
