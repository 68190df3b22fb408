import { printable, UserError } from '@fednode/protocol'
import {
  type Address,
  createWalletClient,
  type Hex,
  isAddressEqual,
  isHash,
  isHex,
  numberToHex,
  recoverTypedDataAddress,
  type TypedDataDefinition,
} from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { shortReason } from '../revert-data.ts'
import { httpTransport, reasonOf } from '../rpc-transport.ts'
import { parseRpcUrl, shownRpcUrl } from '../rpc-url.ts'
import type { TransactionCall, Wallet } from '../types.ts'
import { isNonceClash, NONCE_TRIES } from './nonce-clash.ts'
import { type Sender, transact } from './transact.ts'

/** A signer may ask a person before it answers. Not repeated: it would ask twice. */
const SIGNER_LIMITS = { timeout: 120_000, retryCount: 0 }
const SHOWN_ACCOUNTS = 3

type Signer = {
  readonly ask: (method: string, params: readonly unknown[]) => Promise<unknown>
  readonly sign: (typedData: TypedDataDefinition) => Promise<Hex>
}

/**
 * Lets a JSON-RPC signer sign and send for an account.
 * @throws {UserError} BAD_RPC_URL (T29), SIGNER_ACCOUNT (usage); SIGNER_UNREACHABLE, WRONG_CHAIN (chain).
 */
export async function createRpcWallet(sender: Sender, signerUrl: string): Promise<Wallet> {
  const url = parseSignerUrl(signerUrl)
  const signer = connectSigner(url, sender.address)
  await checkSigner(sender, signer, shownRpcUrl(url))
  return {
    transact: (call) =>
      transact(sender, call, (checked, gas) => submit(sender, signer, { ...checked, gas })),
    signTypedData: (typedData) => signTypedData(sender, signer, typedData),
  }
}

function parseSignerUrl(text: string): URL {
  const url = parseRpcUrl(text)
  if (url.protocol.startsWith('http')) return url
  throw new UserError('usage', `a signer speaks http or https, not ${url.protocol.slice(0, -1)}`, {
    code: 'BAD_RPC_URL',
  })
}

function connectSigner(url: URL, account: Address): Signer {
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
    throw new UserError('chain', `cannot use the signer at ${shownUrl} (${reasonOf(cause)})`, {
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

type Order = TransactionCall & { readonly gas: bigint }

async function submit(sender: Sender, { ask }: Signer, order: Order): Promise<Hex> {
  for (let tries = 1; ; tries += 1) {
    const transaction = await prepare(sender, order)
    try {
      const hash = await ask('eth_sendTransaction', [transaction])
      if (isHex(hash) && isHash(hash)) return hash
    } catch (error) {
      if (isNonceClash(error) && tries < NONCE_TRIES) continue
      throw explainSigner(error, transaction.nonce)
    }
    throw silent(transaction.nonce)
  }
}

// Nonce and fees come from our own node. With a nonce of its own, the same order cannot be carried out twice by mistake.
async function prepare(sender: Sender, { to, data, gas }: Order) {
  const { address } = sender
  try {
    const [nonce, fees] = await Promise.all([
      sender.public.getTransactionCount({ address, blockTag: 'pending' }),
      sender.public.estimateFeesPerGas(),
    ])
    return {
      from: address,
      ...(to === undefined ? {} : { to }),
      data,
      gas: numberToHex(gas),
      nonce: numberToHex(nonce),
      chainId: numberToHex(sender.chainId),
      maxFeePerGas: numberToHex(fees.maxFeePerGas),
      maxPriorityFeePerGas: numberToHex(fees.maxPriorityFeePerGas),
    }
  } catch (error) {
    throw explainFailure(error)
  }
}

async function signTypedData(
  sender: Sender,
  { sign }: Signer,
  typedData: TypedDataDefinition,
): Promise<Hex> {
  const signature = await sign(typedData).catch((error: unknown) => {
    throw explainSigner(error)
  })
  if (await isSignedBy(sender.address, typedData, signature)) return signature
  throw new ChainError(`the signer returned what is not a signature of ${sender.address}`, {
    code: 'SIGNER_FAULTY',
    hint: 'Do not trust this signer.',
  })
}

async function isSignedBy(
  address: Address,
  typedData: TypedDataDefinition,
  signature: Hex,
): Promise<boolean> {
  try {
    return isAddressEqual(await recoverTypedDataAddress({ ...typedData, signature }), address)
  } catch {
    // Not even the shape of a signature.
    return false
  }
}

function explainSigner(error: unknown, nonce?: Hex): ChainError {
  const known = explainFailure(error)
  if (known.code === 'RPC_FAILED') return silent(nonce, error)
  if (known.code === 'NO_GAS_MONEY' || known.details.revert !== undefined) return known
  return new ChainError(`the signer refuses (${shortReason(error)})`, {
    code: 'SIGNER_REFUSED',
    fault: 'refused',
    cause: error,
  })
}

function silent(nonce: Hex | undefined, cause?: unknown): ChainError {
  const sent =
    nonce === undefined
      ? ''
      : `; it may have sent the account's transaction number ${Number(nonce)}`
  return new ChainError(`the signer does not answer${sent}`, {
    code: 'SIGNER_SILENT',
    hint: 'Look at the account before doing the same again.',
    cause,
  })
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
