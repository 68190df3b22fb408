import { Eip1559FeesNotSupportedError, formatGwei } from 'viem'
import { ChainError } from '../chain-error.ts'
import { explainFailure } from '../explain-failure.ts'
import type { Fees } from './fees.ts'
import type { Sender } from './sender.ts'

/** The base fee rises by at most an eighth a block (EIP-1559): room for one block; what is not needed is not paid. */
const BASE_FEE_PERCENT = 120n

/**
 * What a transaction offers now, never above the account's bound.
 * @throws {ChainError} FEE_TOO_HIGH when the latest block's base fee and the tip are above the bound (T54); what the node says else.
 */
export async function quoteFees(sender: Sender): Promise<Fees> {
  const { maxFee } = sender
  const { baseFee, tip } = await readFees(sender)
  const asked = baseFee + tip
  if (maxFee !== undefined && asked > maxFee) throw feeTooHigh(asked, maxFee)
  const roomy = (baseFee * BASE_FEE_PERCENT) / 100n + tip
  const maxFeePerGas = maxFee !== undefined && roomy > maxFee ? maxFee : roomy
  return { maxFeePerGas, maxPriorityFeePerGas: tip }
}

async function readFees(sender: Sender): Promise<{ baseFee: bigint; tip: bigint }> {
  try {
    const [{ baseFeePerGas: baseFee }, tip] = await Promise.all([
      sender.public.getBlock(),
      sender.public.estimateMaxPriorityFeePerGas(),
    ])
    if (baseFee === null) throw new Eip1559FeesNotSupportedError()
    return { baseFee, tip }
  } catch (error) {
    throw explainFailure(error)
  }
}

function feeTooHigh(asked: bigint, maxFee: bigint): ChainError {
  return new ChainError(
    `the chain asks ${formatGwei(asked)} gwei per gas, above the bound of ${formatGwei(maxFee)} gwei; nothing was sent`,
    { code: 'FEE_TOO_HIGH', hint: 'Wait until the chain is cheaper, or raise --max-fee.' },
  )
}
