import {
  type Address,
  BaseError,
  type Hex,
  keccak256,
  type TransactionReceipt,
  WaitForTransactionReceiptTimeoutError,
} from 'viem'
import { ChainError } from './chain-error.ts'
import { explainFailure } from './explain-failure.ts'
import { readBlockTag } from './read-block-tag.ts'
import type { ChainAccount, Mined } from './types.ts'

/** Longest wait for a transaction to be mined. */
const RECEIPT_TIMEOUT_MS = 180_000
/** Most gas of one transaction since Osaka (EIP-7825). */
const MAX_TRANSACTION_GAS = 16_777_216n

/** A clash costs the other process one transaction each, so it ends soon. */
const NONCE_TRIES = 8
/** Streams grow with every second: a slot that is zero when gas is estimated may not be when the transaction is mined. */
const GAS_MARGIN = { percent: 125n, plus: 50_000n }

/** One transaction; without `to` it creates a contract. */
type TransactionCall = { readonly to?: Address; readonly data: Hex }

/** Simulates, sends and waits for one transaction. */
export type Send = (call: TransactionCall) => Promise<TransactionReceipt>

/**
 * Runs an action of one account: one after the other with its other actions, and its gas summed over all it sends.
 * @param job - answers with the receipt that is the action's own (not an approval's) and what the action found out.
 * @throws {ChainError} see there; whatever `job` throws.
 */
export function act<T extends object>(
  account: ChainAccount,
  job: (send: Send) => Promise<{ receipt: TransactionReceipt; result: T }>,
): Promise<Mined & T> {
  return account.inTurn(async () => {
    let gasUsed = 0n
    const { receipt, result } = await job(async (call) => {
      const mined = await transact(account, call)
      gasUsed += mined.gasUsed
      return mined
    })
    const { transactionHash: hash, blockNumber } = receipt
    return { ...result, hash, gasUsed, blockNumber }
  })
}

async function transact(account: ChainAccount, call: TransactionCall): Promise<TransactionReceipt> {
  const gas = await simulate(account, call)
  const hash = await submit(account, call, gas)
  const receipt = await waitFor(account, hash)
  if (receipt.status === 'success') return receipt
  throw await explainRevert(account, call, receipt)
}

async function simulate(account: ChainAccount, call: TransactionCall): Promise<bigint> {
  const request = { ...call, account: account.address, blockTag: readBlockTag(account) }
  try {
    await account.public.call(request)
    const estimate = await account.public.estimateGas(request)
    const gas = (estimate * GAS_MARGIN.percent) / 100n + GAS_MARGIN.plus
    return gas < MAX_TRANSACTION_GAS ? gas : MAX_TRANSACTION_GAS
  } catch (error) {
    throw explainFailure(error)
  }
}

async function submit(account: ChainAccount, call: TransactionCall, gas: bigint): Promise<Hex> {
  for (let tries = 1; ; tries += 1) {
    const signed = await sign(account, call, gas)
    const hash = keccak256(signed)
    try {
      return await deliver(account, signed)
    } catch (error) {
      const failure = explainFailure(error, { hash })
      // Its answer was lost, so the node may have it: a transaction is looked up, never sent blindly again.
      if (failure.code === 'RPC_FAILED' && (await isKnown(account, hash))) return hash
      // Refused at first sight, so whatever sits at that nonce is another process's, even if it is the very same transaction.
      if (!isNonceClash(error) || tries === NONCE_TRIES) throw failure
    }
  }
}

// Without viem's retries, after which a refusal could mean our own first try.
function deliver(account: ChainAccount, signed: Hex): Promise<Hex> {
  return account.public.request(
    { method: 'eth_sendRawTransaction', params: [signed] },
    { retryCount: 0 },
  )
}

async function sign(account: ChainAccount, call: TransactionCall, gas: bigint): Promise<Hex> {
  const { wallet } = account
  try {
    const request = await wallet.prepareTransactionRequest({ ...call, gas })
    return await wallet.signTransaction(request)
  } catch (error) {
    throw explainFailure(error)
  }
}

async function isKnown(account: ChainAccount, hash: Hex): Promise<boolean> {
  return account.public.getTransaction({ hash }).then(
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

async function waitFor(account: ChainAccount, hash: Hex): Promise<TransactionReceipt> {
  try {
    return await account.public.waitForTransactionReceipt({
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

async function explainRevert(
  account: ChainAccount,
  call: TransactionCall,
  receipt: TransactionReceipt,
): Promise<ChainError> {
  const { transactionHash: hash, blockNumber } = receipt
  try {
    await account.public.call({ ...call, account: account.address, blockNumber })
  } catch (error) {
    return explainFailure(error, { hash })
  }
  return new ChainError(
    `transaction ${hash} was mined but failed, and the same call now succeeds: the state changed meanwhile or gas ran out`,
    {
      code: 'TX_REVERTED',
      details: { hash },
    },
  )
}
