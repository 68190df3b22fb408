import { BaseError, type Hex } from 'viem'
import { explainFailure } from '../explain-failure.ts'
import { deliver } from './deliver.ts'
import type { Fees } from './fees.ts'
import { type LocalSender, sign } from './order.ts'
import { quoteFees } from './quote-fees.ts'
import { raiseFees } from './raise-fees.ts'

/** A transaction that does nothing. */
const EMPTY_GAS = 21_000n

/**
 * Replaces the oldest transaction of the account that waits to be mined with one that does nothing, at fees as high as it takes (T54).
 * After a restart nobody knows what it was: whoever sent it looks at the chain and sends it again.
 * @returns its hash; undefined when none waits, fees have no bound, or the bound is too low for it.
 * @throws {ChainError} FEE_TOO_HIGH; what the node says else.
 */
export async function unblock(sender: LocalSender): Promise<Hex | undefined> {
  const { maxFee } = sender
  if (maxFee === undefined) return undefined
  const nonce = await blockedNonce(sender)
  if (nonce === undefined) return undefined
  const quoted = await quoteFees(sender)
  let fees: Fees | undefined = quoted
  while (fees !== undefined) {
    const by = await putInPlace(sender, nonce, fees)
    if (by === 'gone') return undefined
    if (by !== 'underpriced') {
      sender.onReplaced?.({ nonce, by, ...fees })
      return by
    }
    fees = raiseFees(fees, { quoted, maxFee })
  }
  return undefined
}

async function blockedNonce({ address, public: client }: LocalSender): Promise<number | undefined> {
  try {
    const [mined, sent] = await Promise.all([
      client.getTransactionCount({ address, blockTag: 'latest' }),
      client.getTransactionCount({ address, blockTag: 'pending' }),
    ])
    return sent > mined ? mined : undefined
  } catch (error) {
    throw explainFailure(error)
  }
}

/** `gone`: another one of that nonce was mined meanwhile. */
async function putInPlace(
  sender: LocalSender,
  nonce: number,
  fees: Fees,
): Promise<Hex | 'gone' | 'underpriced'> {
  const order = { to: sender.address, data: '0x', gas: EMPTY_GAS, nonce, ...fees } as const
  const signed = await sign(sender, order)
  try {
    return await deliver(sender, signed)
  } catch (error) {
    const details = error instanceof BaseError ? error.details : ''
    if (/underpriced/i.test(details)) return 'underpriced'
    if (/nonce too low/i.test(details)) return 'gone'
    throw explainFailure(error)
  }
}
