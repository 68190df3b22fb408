import { type Address, getAddress } from 'viem'
import { type AccountOptions, openChainFor } from './open-chain.ts'
import { createTurns } from './turns.ts'
import type { ChainAccount } from './types.ts'
import { feeBound } from './wallets/fee-bound.ts'
import { createRpcWallet } from './wallets/rpc-wallet.ts'

/** An account whose key somebody else holds. */
export type RpcSignerOptions = AccountOptions & {
  /** http or https: where the signer answers eth_sendTransaction and eth_signTypedData_v4, web3signer for example. */
  readonly signerUrl: string
  readonly address: Address
}

/**
 * Connects with an account of a JSON-RPC signer. Everything is read, simulated and awaited at `rpcUrl`; the signer only signs
 * and sends, and what it names is checked to be what it was asked for.
 * @throws {UserError} what connectChain throws; BAD_RPC_URL, SIGNER_UNREACHABLE, SIGNER_ACCOUNT, WRONG_CHAIN for the signer; DEV_KEY
 * (refused) for an account whose key everybody knows on any chain but 31337 (T59).
 */
export async function connectRpcSigner(options: RpcSignerOptions): Promise<ChainAccount> {
  const { signerUrl } = options
  const address = getAddress(options.address)
  const reader = await openChainFor(address, options)
  const sender = { ...reader, address, maxFee: feeBound(reader.chainId, options.maxFee) }
  try {
    const wallet = await createRpcWallet(sender, signerUrl)
    return { ...reader, address, wallet, inTurn: createTurns() }
  } catch (error) {
    await reader.close()
    throw error
  }
}
