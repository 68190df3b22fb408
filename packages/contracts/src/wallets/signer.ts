import { printable, UserError } from '@fednode/protocol'
import {
  type Address,
  createWalletClient,
  type Hex,
  isHex,
  numberToHex,
  type TypedDataDefinition,
} from 'viem'
import { httpTransport, reasonOf } from '../rpc-transport.ts'
import { parseRpcUrl, shownRpcUrl } from '../rpc-url.ts'
import type { Sender } from './sender.ts'

/** A signer may ask a person before it answers. Not repeated: it would ask twice. */
const SIGNER_LIMITS = { timeout: 120_000, retryCount: 0 }
const SHOWN_ACCOUNTS = 3

/** A JSON-RPC signer that holds an account. */
export type Signer = {
  /** Calls a method; the answer is to be parsed. @throws viem's errors. */
  readonly ask: (method: string, params: readonly unknown[]) => Promise<unknown>
  /** eth_signTypedData_v4. @throws viem's errors. */
  readonly sign: (typedData: TypedDataDefinition) => Promise<Hex>
}

/**
 * Connects to a signer and asks whether it holds the account, on the same chain.
 * @throws {UserError} BAD_RPC_URL (T29), SIGNER_ACCOUNT (usage); SIGNER_UNREACHABLE, WRONG_CHAIN (chain).
 */
export async function connectSigner(sender: Sender, signerUrl: string): Promise<Signer> {
  const url = parseSignerUrl(signerUrl)
  const signer = connect(url, sender.address)
  await checkSigner(sender, signer, shownRpcUrl(url))
  return signer
}

function parseSignerUrl(text: string): URL {
  const url = parseRpcUrl(text)
  if (url.protocol.startsWith('http')) return url
  throw new UserError('usage', `a signer speaks http or https, not ${url.protocol.slice(0, -1)}`, {
    code: 'BAD_RPC_URL',
  })
}

function connect(url: URL, account: Address): Signer {
  const client = createWalletClient({ account, transport: httpTransport(url, SIGNER_LIMITS) })
  // viem types the methods that it knows; answers are parsed where they are used.
  const request = client.request as (call: {
    method: string
    params: readonly unknown[]
  }) => Promise<unknown>
  return {
    ask: (method, params) => request({ method, params }),
    sign: (typedData) => client.signTypedData(typedData),
  }
}

async function checkSigner(sender: Sender, { ask }: Signer, shownUrl: string): Promise<void> {
  const [accounts, chainId] = await Promise.all([
    ask('eth_accounts', []),
    ask('eth_chainId', []),
  ]).catch((cause: unknown) => {
    const reason = reasonOf(cause, SIGNER_LIMITS.timeout)
    throw new UserError('chain', `cannot use the signer at ${shownUrl} (${reason})`, {
      code: 'SIGNER_UNREACHABLE',
      hint: 'Is it running, and does it serve eth_accounts, eth_chainId and eth_sendTransaction?',
      cause,
    })
  })
  if (chainId !== numberToHex(sender.chainId)) throw otherChain(shownUrl, chainId, sender.chainId)
  const held = Array.isArray(accounts) ? accounts.map(String) : []
  if (!held.some((one) => one.toLowerCase() === sender.address.toLowerCase())) {
    throw notHeld(shownUrl, sender.address, held)
  }
}

function otherChain(shownUrl: string, actual: unknown, expected: number): UserError {
  const name = typeof actual === 'string' && isHex(actual) ? String(Number(actual)) : 'another one'
  return new UserError(
    'chain',
    `the signer at ${shownUrl} serves chain ${name}, but chain ${expected} is meant`,
    { code: 'WRONG_CHAIN', hint: `Give a signer for chain ${expected}.` },
  )
}

function notHeld(shownUrl: string, address: Address, held: readonly string[]): UserError {
  const few = held.slice(0, SHOWN_ACCOUNTS).map((one) => printable(one, 42))
  const more = held.length > few.length ? ` and ${held.length - few.length} more` : ''
  return new UserError('usage', `the signer at ${shownUrl} does not hold the account ${address}`, {
    code: 'SIGNER_ACCOUNT',
    hint: few.length === 0 ? 'It holds none.' : `It holds ${few.join(', ')}${more}.`,
  })
}
