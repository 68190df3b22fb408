import { keccak256, toHex } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { type ChainAccount, type ChainReader, connectAccount, setBalance } from '../../src/index.ts'

/** A funded account of its own, the same in every run. */
export async function accountOf(reader: ChainReader, who: string): Promise<ChainAccount> {
  const privateKey = keccak256(toHex(`fednode test account ${who}`))
  const address = privateKeyToAddress(privateKey)
  await setBalance(reader, { address, amount: 10n ** 20n })
  return connectAccount({ rpcUrl: reader.rpcUrl, privateKey })
}
