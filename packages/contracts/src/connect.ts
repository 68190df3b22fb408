import { UserError } from '@fednode/protocol'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type ConnectOptions, openChain, openChainFor } from './open-chain.ts'
import { createTurns } from './turns.ts'
import type { ChainAccount, ChainReader } from './types.ts'
import { createLocalWallet } from './wallets/local-wallet.ts'

/**
 * Connects to an RPC node for reading and asks which chain it serves.
 * @throws {UserError} BAD_RPC_URL (usage, T29); RPC_UNREACHABLE (chain) when nobody answers in time; WRONG_CHAIN (chain) when
 * another chain answers than `chainId`.
 */
export async function connectChain(options: ConnectOptions): Promise<ChainReader> {
  const { reader } = await openChain(options)
  return reader
}

/**
 * Connects with a private key, which never leaves this process: transactions are signed here.
 * @param options - `privateKey` is 32 bytes as 0x-hex.
 * @throws {UserError} what connectChain throws; BAD_PRIVATE_KEY (usage); DEV_KEY (refused) for a key that everybody knows on
 * any chain but 31337 (T59).
 */
export async function connectAccount(
  options: ConnectOptions & { readonly privateKey: string },
): Promise<ChainAccount> {
  const account = parsePrivateKey(options.privateKey)
  const { reader, transport } = await openChainFor(account.address, options)
  const wallet = createLocalWallet(reader, account, transport)
  return { ...reader, address: account.address, wallet, inTurn: createTurns() }
}

function parsePrivateKey(text: string): PrivateKeyAccount {
  try {
    if (/^0x[0-9a-f]{64}$/i.test(text)) return privateKeyToAccount(text as `0x${string}`)
  } catch {
    // Zero or above the curve's order: answered like any other text that is no key. The cause is dropped, it may hold the key.
  }
  throw new UserError('usage', 'the private key is not 32 bytes of 0x-hex on the curve secp256k1', {
    code: 'BAD_PRIVATE_KEY',
  })
}
