import { type Hex, keccak256 } from 'viem'
import { explainFailure } from '../explain-failure.ts'
import { deliver } from './deliver.ts'
import type { Fees } from './fees.ts'
import { type LocalSender, type Order, sign } from './order.ts'
import { quoteFees } from './quote-fees.ts'
import { raiseFees } from './raise-fees.ts'
import { unblock } from './unblock.ts'

type Attempt = { readonly order: Order; readonly signed: Hex; readonly hash: Hex }

/** Replaces a transaction again and again: the same nonce, so that only one of all can ever be mined (T54). */
export function createReplacer(
  sender: LocalSender,
  first: Attempt,
): () => Promise<Hex | undefined> {
  let last = first
  return async () => {
    await makeWay(sender, last.order.nonce)
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

// What waits at a nonce before is of an earlier life of this process, or of another one, and is replaced by nobody else.
async function makeWay(sender: LocalSender, nonce: number): Promise<void> {
  try {
    const { address } = sender
    const mined = await sender.public.getTransactionCount({ address, blockTag: 'latest' })
    if (mined < nonce) await unblock(sender)
  } catch {
    // Too dear, or the node does not answer: it is looked at again with the next replacement.
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
