import { UserError } from '@fednode/protocol'
import { type Chain, type Client, createPublicClient, defineChain, type Transport } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { isDevAccount, LOCAL_CHAIN_ID } from './dev-accounts.ts'
import { openRpcRoute, rpcUnreachable } from './rpc-transport.ts'
import { createTurns } from './turns.ts'
import type { ChainAccount, ChainReader } from './types.ts'
import { createLocalWallet } from './wallets/local-wallet.ts'

/** How often a receipt is asked for on the local chain, which mines at once. */
const LOCAL_POLLING_MS = 100
/** The same on every other chain. */
const POLLING_MS = 2_000

/** Where the chain is, and which one is meant. */
export type ConnectOptions = {
  /** http, https, ws or wss. */
  readonly rpcUrl: string
  /** The chain that is meant; any when left out. */
  readonly chainId?: number
}

/**
 * Connects to an RPC node for reading and asks which chain it serves.
 * @throws {UserError} BAD_RPC_URL (usage, T29); RPC_UNREACHABLE (chain) when nobody answers in time; WRONG_CHAIN (chain) when
 * another chain answers than `chainId`.
 */
export async function connectChain(options: ConnectOptions): Promise<ChainReader> {
  const { reader } = await open(options)
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
  const { reader, transport } = await open(options)
  if (reader.chainId !== LOCAL_CHAIN_ID && isDevAccount(account.address)) {
    await reader.close()
    throw new UserError(
      'refused',
      `${account.address} is a development account, its private key is public, and chain ${reader.chainId} is not a local chain`,
      { code: 'DEV_KEY', hint: 'Make a key of your own with  fednode init.' },
    )
  }
  const wallet = createLocalWallet(reader, account, transport)
  return { ...reader, address: account.address, wallet, inTurn: createTurns() }
}

async function open(
  options: ConnectOptions,
): Promise<{ reader: ChainReader; transport: Transport }> {
  const { rpcUrl } = options
  const { transport, shownUrl } = await openRpcRoute(rpcUrl)
  const probe = createPublicClient({ transport })
  try {
    const chainId = await probe.getChainId().catch((error: unknown) => {
      throw rpcUnreachable(shownUrl, error)
    })
    if (options.chainId !== undefined && options.chainId !== chainId) {
      throw wrongChain(shownUrl, chainId, options.chainId)
    }
    const client = createPublicClient({
      chain: chainOf(chainId, rpcUrl),
      transport,
      pollingInterval: chainId === LOCAL_CHAIN_ID ? LOCAL_POLLING_MS : POLLING_MS,
    })
    const reader = { chainId, rpcUrl, public: client, close: () => closeSocket(client) }
    return { reader, transport }
  } catch (error) {
    await closeSocket(probe)
    throw error
  }
}

async function closeSocket(client: Client): Promise<void> {
  const { getRpcClient } = client.transport
  // Only viem's webSocket transport has one; it is shared by all clients of one URL, which dial again when they need it.
  if (typeof getRpcClient === 'function') (await getRpcClient()).close()
}

function chainOf(id: number, rpcUrl: string): Chain {
  return defineChain({
    id,
    name: `chain ${id}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  })
}

function wrongChain(shownUrl: string, actual: number, expected: number): UserError {
  return new UserError(
    'chain',
    `${shownUrl} serves chain ${actual}, but chain ${expected} is meant`,
    { code: 'WRONG_CHAIN', hint: `Give the address of a node of chain ${expected}.` },
  )
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
