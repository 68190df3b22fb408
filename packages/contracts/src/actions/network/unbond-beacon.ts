import { type Address, encodeFunctionData } from 'viem'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Takes back what is free of the account's bond with the beacon.
 * @param args - `amount` in wei.
 * @throws {ChainError} BOND_TOO_SMALL, AMOUNT_ZERO.
 */
export function unbondBeacon(
  account: ChainAccount,
  { beacon, amount }: { readonly beacon: Address; readonly amount: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: randomBeaconAbi,
    functionName: 'withdrawBond',
    args: [account.address, amount],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: beacon, data }),
    result: {},
  }))
}
