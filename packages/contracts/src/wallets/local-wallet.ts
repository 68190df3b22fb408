import { BaseError, type Hex, keccak256 } from 'viem'
import { explainFailure } from '../explain-failure.ts'
import type { TransactionCall, Wallet } from '../types.ts'
import { deliver } from './deliver.ts'
import { type LocalSender, type Order, sign } from './order.ts'
import { quoteFees } from './quote-fees.ts'
import { createReplacer } from './replacer.ts'
import type { Sender, Sent } from './sender.ts'
import { transact } from './transact.ts'
import { unblock } from './unblock.ts'

/** A clash costs the other process one transaction each, so it ends soon. */
const NONCE_TRIES = 8
/** A few blocks of Ethereum: whoever offers enough is mined by then. */
const REPLACE_AFTER_MS = 60_000

/** A key, and what becomes of its transactions. */
export type LocalWalletOptions = Pick<LocalSender, 'account' | 'onReplaced'> & {
  /** How long a transaction is waited for before it is replaced. @default one minute */
  readonly replaceAfterMs?: number
}

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
    unblock: () => unblock(own),
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
    const sent = { hash, replace: createReplacer(sender, { order, signed, hash }) }
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
