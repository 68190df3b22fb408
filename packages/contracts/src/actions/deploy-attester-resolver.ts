import { type Address, encodeDeployData } from 'viem'
import { deployedAddress } from '../deployed-address.ts'
import { attesterResolverAbi, attesterResolverBytecode } from '../generated/attester-resolver.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Who decides disputes together. */
export type AttesterSet = {
  /** 1 to 21 accounts, each once. */
  readonly attesters: readonly Address[]
  /** How many of them it takes: more than half. */
  readonly threshold: number
}

/**
 * Deploys the resolver of a set of attesters, which any number of federations may name.
 * @throws {ChainError} ATTESTERS_INVALID.
 */
export function deployAttesterResolver(
  account: ChainAccount,
  { attesters, threshold }: AttesterSet,
): Promise<Mined & { readonly address: Address }> {
  const data = encodeDeployData({
    abi: attesterResolverAbi,
    bytecode: attesterResolverBytecode,
    args: [attesters, BigInt(threshold)],
  })
  return act(account, async (send) => {
    const receipt = await send({ data })
    return { receipt, result: { address: deployedAddress(receipt) } }
  })
}
