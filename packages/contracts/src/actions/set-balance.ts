import { type Address, numberToHex } from 'viem'
import { localRpc } from '../local-rpc.ts'
import type { ChainReader } from '../types.ts'

/**
 * Gives an account native coin on the local chain, to pay for gas.
 * @param args - `amount` in wei replaces what it had.
 * @throws {UserError} NOT_A_LOCAL_CHAIN (usage).
 */
export async function setBalance(
  reader: ChainReader,
  args: { readonly address: Address; readonly amount: bigint },
): Promise<void> {
  await localRpc(reader, 'anvil_setBalance', [args.address, numberToHex(args.amount)])
}
