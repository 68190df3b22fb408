import {
  type Address,
  type Hex,
  isAddressEqual,
  type TransactionReceipt,
  WaitForTransactionReceiptTimeoutError,
} from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { readBlockTag } from '../read-block-tag.ts'
import { checkAnswered } from '../target-code.ts'
import type { ChainReader, TransactionCall } from '../types.ts'

/** Longest wait for a transaction to be mined. */
const RECEIPT_TIMEOUT_MS = 180_000
/** Most gas of one transaction since Osaka (EIP-7825). */
const MAX_TRANSACTION_GAS = 16_777_216n

/** Streams grow with every second: a slot that is zero when gas is estimated may not be when the transaction is mined. */
const GAS_MARGIN = { percent: 125n, plus: 50_000n }

/** An account on a chain, whoever signs for it. */
export type Sender = ChainReader & { readonly address: Address }

/** Signs a transaction, hands it to a node and answers with its hash. */
export type Submit = (call: TransactionCall, gas: bigint) => Promise<Hex>

/**
 * Simulates one transaction, submits it and waits until it is mined.
 * @throws {ChainError} what it reverts with, before or after it was sent; TX_NOT_MINED, TX_REVERTED, TX_FOREIGN, NO_CONTRACT.
 */
export async function transact(
  sender: Sender,
  call: TransactionCall,
  submit: Submit,
): Promise<TransactionReceipt> {
  const gas = await simulate(sender, call)
  const hash = await submit(call, gas)
  const receipt = await waitFor(sender, hash)
  checkOwn(sender, call, receipt)
  if (receipt.status === 'success') return receipt
  throw await explainRevert(sender, call, receipt)
}

async function simulate(sender: Sender, call: TransactionCall): Promise<bigint> {
  const request = { ...call, account: sender.address, blockTag: readBlockTag(sender) }
  try {
    const { data: answer } = await sender.public.call(request)
    await checkAnswered(sender, call, answer)
    const estimate = await sender.public.estimateGas(request)
    const gas = (estimate * GAS_MARGIN.percent) / 100n + GAS_MARGIN.plus
    return gas < MAX_TRANSACTION_GAS ? gas : MAX_TRANSACTION_GAS
  } catch (error) {
    throw explainFailure(error)
  }
}

async function waitFor(sender: Sender, hash: Hex): Promise<TransactionReceipt> {
  try {
    return await sender.public.waitForTransactionReceipt({
      hash,
      timeout: RECEIPT_TIMEOUT_MS,
      checkReplacement: false,
    })
  } catch (error) {
    if (!(error instanceof WaitForTransactionReceiptTimeoutError)) {
      throw explainFailure(error, { hash })
    }
    throw new ChainError(`transaction ${hash} was not mined in ${RECEIPT_TIMEOUT_MS / 1000} s`, {
      code: 'TX_NOT_MINED',
      hint: 'It may still be mined: look it up before doing the same again.',
      cause: error,
      details: { hash },
    })
  }
}

// A signer elsewhere names the hash: what it names must be what it was asked for.
function checkOwn(sender: Sender, call: TransactionCall, receipt: TransactionReceipt): void {
  const { from, to, transactionHash: hash } = receipt
  const isTarget = call.to === undefined ? to === null : to !== null && isAddressEqual(to, call.to)
  if (isAddressEqual(from, sender.address) && isTarget) return
  throw new ChainError(`transaction ${hash} is not the one that was asked for`, {
    code: 'TX_FOREIGN',
    hint: 'Do not trust this signer, or this node.',
    details: { hash },
  })
}

async function explainRevert(
  sender: Sender,
  call: TransactionCall,
  receipt: TransactionReceipt,
): Promise<ChainError> {
  const { transactionHash: hash, blockNumber } = receipt
  try {
    await sender.public.call({ ...call, account: sender.address, blockNumber })
  } catch (error) {
    return explainFailure(error, { hash })
  }
  return new ChainError(
    `transaction ${hash} was mined but failed, and the same call now succeeds: the state changed meanwhile or gas ran out`,
    { code: 'TX_REVERTED', details: { hash } },
  )
}
