import { BaseError, type Hex, keccak256 } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { explainFailure } from '../explain-failure.ts'
import type { TransactionCall, Wallet } from '../types.ts'
import type { Fees } from './fees.ts'
import { quoteFees } from './quote-fees.ts'
import { raiseFees } from './raise-fees.ts'
import type { Replaced } from './replaced.ts'
import type { Sender, Sent } from './sender.ts'
import { transact } from './transact.ts'

/** A clash costs the other process one transaction each, so it ends soon. */
const NONCE_TRIES = 8
/** A few blocks of Ethereum: whoever offers enough is mined by then. */
const REPLACE_AFTER_MS = 60_000

/** A key, and what becomes of its transactions. */
export type LocalWalletOptions = {
  readonly account: PrivateKeyAccount
  /** How long a transaction is waited for before it is replaced. @default one minute */
  readonly replaceAfterMs?: number
  /** A transaction was not mined in time; the operator is to be told. */
  readonly onReplaced?: (replaced: Replaced) => void
}

type LocalSender = Sender & Pick<LocalWalletOptions, 'account' | 'onReplaced'>
type Order = TransactionCall & Fees & { readonly gas: bigint; readonly nonce: number }

/** Signs in this process with a private key, which never leaves it. Where fees have a bound, stuck transactions are replaced up to it (T54). */
export function createLocalWallet(sender: Sender, options: LocalWalletOptions): Wallet {
  const { account, replaceAfterMs = REPLACE_AFTER_MS } = options
  const own = { ...sender, ...options }
  return {
    transact: (call) =>
      transact(own, call, {
        submit: (checked, gas) => submitSigned(own, checked, gas),
        replaceAfterMs,
      }),
    signTypedData: (typedData) => account.signTypedData(typedData),
  }
}

async function submitSigned(
  sender: LocalSender,
  call: TransactionCall,
  gas: bigint,
): Promise<Sent> {
  for (let tries = 1; ; tries += 1) {
    const order = await prepare(sender, call, gas)
    const signed = await sign(sender, order)
    const hash = keccak256(signed)
    const sent = { hash, replace: replacer(sender, { order, signed, hash }) }
    try {
      await deliver(sender, signed)
      return sent
    } catch (error) {
      const failure = explainFailure(error, { hash })
      // Its answer was lost, so the node may have it: a transaction is looked up, never sent blindly again.
      if (failure.code === 'RPC_FAILED' && (await isKnown(sender, hash))) return sent
      // Refused at first sight, so whatever sits at that nonce is another process's, even if it is the very same transaction.
      if (!isNonceClash(error) || tries === NONCE_TRIES) throw failure
    }
  }
}

type Attempt = { readonly order: Order; readonly signed: Hex; readonly hash: Hex }

/** Replaces a transaction again and again: the same nonce, so that only one of all can ever be mined. */
function replacer(sender: LocalSender, first: Attempt): () => Promise<Hex | undefined> {
  let last = first
  return async () => {
    const fees = await higherFees(sender, last.order)
    if (fees === undefined) return remind(sender, last)
    const order = { ...last.order, ...fees }
    const signed = await sign(sender, order)
    const next = { order, signed, hash: keccak256(signed) }
    if (!(await mayHave(sender, signed))) return undefined
    sender.onReplaced?.({ nonce: order.nonce, hash: last.hash, by: next.hash, ...fees })
    last = next
    return next.hash
  }
}

// Nodes forget what waits for long or offers too little at the moment; the very same transaction can only be mined once.
async function remind(sender: LocalSender, { signed }: Attempt): Promise<undefined> {
  await mayHave(sender, signed)
}

async function higherFees(sender: LocalSender, present: Fees): Promise<Fees | undefined> {
  const { maxFee } = sender
  // Nobody said what it may cost, so it costs what it was sent with.
  if (maxFee === undefined) return undefined
  try {
    return raiseFees(present, { quoted: await quoteFees(sender), maxFee })
  } catch {
    // Too dear, or the node does not answer: what was sent may be mined all the same, so it is waited for.
    return undefined
  }
}

/** Whether the node has, or may have, what it is given. Refused means that one of the same nonce was mined, or stays in its place. */
async function mayHave(sender: LocalSender, signed: Hex): Promise<boolean> {
  try {
    await deliver(sender, signed)
    return true
  } catch (error) {
    return explainFailure(error).code === 'RPC_FAILED'
  }
}

// Without viem's retries, after which a refusal could mean our own first try.
function deliver(sender: LocalSender, signed: Hex): Promise<Hex> {
  return sender.public.request(
    { method: 'eth_sendRawTransaction', params: [signed] },
    { retryCount: 0 },
  )
}

async function prepare(sender: LocalSender, call: TransactionCall, gas: bigint): Promise<Order> {
  const { address } = sender
  const fees = await quoteFees(sender)
  try {
    const nonce = await sender.public.getTransactionCount({ address, blockTag: 'pending' })
    return { ...call, ...fees, gas, nonce }
  } catch (error) {
    throw explainFailure(error)
  }
}

function sign({ account, chainId }: LocalSender, order: Order): Promise<Hex> {
  return account.signTransaction({ ...order, chainId, type: 'eip1559' })
}

async function isKnown(sender: LocalSender, hash: Hex): Promise<boolean> {
  return sender.public.getTransaction({ hash }).then(
    () => true,
    () => false,
  )
}

function isNonceClash(error: unknown): boolean {
  return (
    error instanceof BaseError &&
    /nonce too low|replacement transaction|already (known|imported)/i.test(error.details)
  )
}
