import { setTimeout as sleep } from 'node:timers/promises'
import { type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import type { Sender, Sent } from './sender.ts'

/** Longest wait for a transaction to be mined, from when it was sent or replaced last. */
const RECEIPT_TIMEOUT_MS = 180_000

/**
 * Waits until a transaction is mined; while it is not, it is replaced now and then (T54). Whichever of its hashes is mined counts: all
 * have one nonce, so no other can be.
 * @param replaceAfterMs - how long each try is waited for.
 * @throws {ChainError} TX_NOT_MINED; what the node says else.
 */
export async function awaitMined(
  sender: Sender,
  sent: Sent,
  replaceAfterMs: number,
): Promise<TransactionReceipt> {
  const hashes = [sent.hash]
  for (let waitedMs = 0; waitedMs < RECEIPT_TIMEOUT_MS; waitedMs += replaceAfterMs) {
    const receipt = await minedWithin(sender, hashes, replaceAfterMs)
    if (receipt !== undefined) return receipt
    const replacement = await sent.replace?.()
    if (replacement === undefined) continue
    hashes.unshift(replacement)
    waitedMs = 0
  }
  throw notMined(hashes[0] ?? sent.hash)
}

async function minedWithin(
  sender: Sender,
  hashes: readonly Hex[],
  limitMs: number,
): Promise<TransactionReceipt | undefined> {
  const deadline = performance.now() + limitMs
  for (;;) {
    for (const hash of hashes) {
      const receipt = await lookUp(sender, hash)
      if (receipt !== undefined) return receipt
    }
    const leftMs = deadline - performance.now()
    if (leftMs <= 0) return undefined
    await sleep(Math.min(leftMs, sender.public.pollingInterval))
  }
}

async function lookUp(sender: Sender, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    return await sender.public.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    const failure = explainFailure(error, { hash })
    // The transaction is on its way, whether the node answers now or not.
    if (failure.code === 'RPC_FAILED') return undefined
    throw failure
  }
}

function notMined(hash: Hex): ChainError {
  return new ChainError(`transaction ${hash} was not mined in ${RECEIPT_TIMEOUT_MS / 1000} s`, {
    code: 'TX_NOT_MINED',
    hint: 'It may still be mined: look it up before doing the same again.',
    details: { hash },
  })
}
