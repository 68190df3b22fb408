import { UserError } from '@fednode/protocol'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { type AccountOptions, type ConnectOptions, openChain, openChainFor } from './open-chain.ts'
import { createTurns } from './turns.ts'
import type { ChainAccount, ChainReader } from './types.ts'
import { feeBound } from './wallets/fee-bound.ts'
import { createLocalWallet, type LocalWalletOptions } from './wallets/local-wallet.ts'

/**
 * Connects to an RPC node for reading and asks which chain it serves.
 * @throws {UserError} BAD_RPC_URL (usage, T29); RPC_UNREACHABLE (chain) when nobody answers in time; WRONG_CHAIN (chain) when
 * another chain answers than `chainId`.
 */
export async function connectChain(options: ConnectOptions): Promise<ChainReader> {
  return openChain(options)
}

/**
 * Connects with a private key, which never leaves this process: transactions are signed here.
 * @param options - `privateKey` is 32 bytes as 0x-hex; `onReplaced` hears of transactions that were stuck (T54).
 * @throws {UserError} what connectChain throws; BAD_PRIVATE_KEY (usage); DEV_KEY (refused) for a key that everybody knows on
 * any chain but 31337 (T59).
 */
export async function connectAccount(
  options: AccountOptions &
    Pick<LocalWalletOptions, 'onReplaced'> & { readonly privateKey: string },
): Promise<ChainAccount> {
  const account = parsePrivateKey(options.privateKey)
  const { onReplaced } = options
  const { address } = account
  const reader = await openChainFor(address, options)
  const sender = { ...reader, address, maxFee: feeBound(reader.chainId, options.maxFee) }
  const wallet = createLocalWallet(sender, {
    account,
    ...(onReplaced === undefined ? {} : { onReplaced }),
  })
  return { ...reader, address, wallet, inTurn: createTurns() }
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
