import { UserError } from '@fednode/protocol'
import { type Address, type Chain, type Client, createPublicClient, defineChain } from 'viem'
import { isDevAccount, LOCAL_CHAIN_ID } from './dev-accounts.ts'
import { compareHeads } from './reads/compare-nodes.ts'
import { openRpcRoute, rpcUnreachable } from './rpc-transport.ts'
import type { ChainReader } from './types.ts'

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
  /** A second node, which must say the same (T51). */
  readonly compareUrl?: string
}

/** The same for an account that pays. */
export type AccountOptions = ConnectOptions & {
  /** Most that a unit of gas may cost, tip included, in wei (T54). @default 200 gwei; on the local chain there is no bound. */
  readonly maxFee?: bigint
}

/**
 * Connects to an RPC node and asks which chain it serves.
 * @throws {UserError} BAD_RPC_URL (T29), RPC_UNREACHABLE, WRONG_CHAIN. {ChainError} as compareHeads, where two nodes are compared.
 */
export async function openChain(options: ConnectOptions): Promise<ChainReader> {
  const reader = await openNode(options)
  const { compareUrl } = options
  if (compareUrl === undefined) return reader
  const open: ChainReader[] = [reader]
  const close = async (): Promise<void> => {
    for (const one of open) await one.close()
  }
  try {
    const second = await openNode({ rpcUrl: compareUrl, chainId: reader.chainId })
    open.push(second)
    await compareHeads(reader, second)
    return { ...reader, second, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openNode(options: ConnectOptions): Promise<ChainReader> {
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
    return { chainId, rpcUrl, public: client, close: () => closeSocket(client) }
  } catch (error) {
    await closeSocket(probe)
    throw error
  }
}

/**
 * Connects to an RPC node for an account.
 * @throws {UserError} what openChain throws; DEV_KEY (refused) for an account whose key everybody knows, on any chain but 31337 (T59).
 */
export async function openChainFor(
  address: Address,
  options: ConnectOptions,
): Promise<ChainReader> {
  const reader = await openChain(options)
  if (reader.chainId === LOCAL_CHAIN_ID || !isDevAccount(address)) return reader
  await reader.close()
  throw new UserError(
    'refused',
    `${address} is a development account, its private key is public, and chain ${reader.chainId} is not a local chain`,
    { code: 'DEV_KEY', hint: 'Make a key of your own with  fednode init.' },
  )
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
