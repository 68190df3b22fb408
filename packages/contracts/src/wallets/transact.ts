import { isAddressEqual, type TransactionReceipt } from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { readBlockTag } from '../read-block-tag.ts'
import { checkAnswered } from '../target-code.ts'
import type { TransactionCall } from '../types.ts'
import { awaitMined } from './await-mined.ts'
import type { Sender, Submit } from './sender.ts'

/** Most gas of one transaction since Osaka (EIP-7825). */
const MAX_TRANSACTION_GAS = 16_777_216n

/** Streams grow with every second: a slot that is zero when gas is estimated may not be when the transaction is mined. */
const GAS_MARGIN = { percent: 125n, plus: 50_000n }

/** How a transaction is brought to the chain. */
type Delivery = { readonly submit: Submit; readonly replaceAfterMs: number }

/**
 * Simulates one transaction, submits it and waits until it is mined.
 * @throws {ChainError} what it reverts with, before or after it was sent; FEE_TOO_HIGH, TX_NOT_MINED,
 * TX_REVERTED, TX_FOREIGN, NO_CONTRACT.
 */
export async function transact(
  sender: Sender,
  call: TransactionCall,
  { submit, replaceAfterMs }: Delivery,
): Promise<TransactionReceipt> {
  const gas = await simulate(sender, call)
  const sent = await submit(call, gas)
  const receipt = await awaitMined(sender, sent, replaceAfterMs)
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
