import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  formatUnits,
  type TransactionReceipt,
} from 'viem'
import { TOKEN_DECIMALS } from './amounts.ts'
import { ask } from './ask.ts'
import { ChainError } from './chain-error.ts'
import { explainFailure } from './explain-failure.ts'
import type { Send } from './send.ts'
import type { ChainAccount } from './types.ts'

/** Tokens that a contract may take in one action. */
export type Spending = {
  readonly token: Address
  readonly spender: Address
  /** wei; the most that may be taken. */
  readonly amount: bigint
  /** Of the token; 18 when left out. */
  readonly decimals?: number
}

/**
 * Lets `spender` take exactly `amount` while `job` runs and takes back what it left, also when the job fails (T56).
 * @throws {ChainError} INSUFFICIENT_BALANCE (usage) with both amounts, before anything is sent.
 */
export async function spending(
  account: ChainAccount,
  send: Send,
  allowed: Spending & { readonly job: () => Promise<TransactionReceipt> },
): Promise<TransactionReceipt> {
  const { job, ...spend } = allowed
  await checkBalance(account, spend)
  if ((await allowanceOf(account, spend)) !== spend.amount) await approve(send, spend)
  let receipt: TransactionReceipt
  try {
    receipt = await job()
  } catch (error) {
    await takeBack(account, send, spend).catch((cause: unknown) => {
      throw stillAllowed(spend, error, cause)
    })
    throw error
  }
  await takeBack(account, send, spend)
  return receipt
}

async function takeBack(account: ChainAccount, send: Send, spend: Spending): Promise<void> {
  if ((await allowanceOf(account, spend)) > 0n) await approve(send, { ...spend, amount: 0n })
}

async function approve(send: Send, { token, spender, amount }: Spending): Promise<void> {
  const args = [spender, amount] as const
  await send({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args }),
  })
}

async function allowanceOf(account: ChainAccount, { token, spender }: Spending): Promise<bigint> {
  const args = [account.address, spender] as const
  const call = { address: token, abi: erc20Abi, functionName: 'allowance', args } as const
  return ask(account.public.readContract(call))
}

/**
 * Whether the account owns `amount`, asked before anything is sent.
 * @throws {ChainError} INSUFFICIENT_BALANCE (usage) with both amounts.
 */
export async function checkBalance(
  account: ChainAccount,
  { token, amount, decimals = TOKEN_DECIMALS }: Omit<Spending, 'spender'>,
): Promise<void> {
  const args = [account.address] as const
  const call = { address: token, abi: erc20Abi, functionName: 'balanceOf', args } as const
  const balance = await ask(account.public.readContract(call))
  if (balance >= amount) return
  throw new ChainError(
    `${account.address} owns ${formatUnits(balance, decimals)} of token ${token}, not ${formatUnits(amount, decimals)}`,
    {
      code: 'INSUFFICIENT_BALANCE',
      fault: 'usage',
      hint: 'fednode market portfolio  shows what you hold.',
      details: { values: { token, balance: String(balance), amount: String(amount) } },
    },
  )
}

function stillAllowed(spend: Spending, error: unknown, cause: unknown): ChainError {
  const first = explainFailure(error)
  const { decimals = TOKEN_DECIMALS } = spend
  return new ChainError(
    `${first.message}; and ${spend.spender} may still take ${formatUnits(spend.amount, decimals)} of token ${spend.token}`,
    {
      code: 'ALLOWANCE_LEFT',
      hint: 'Take the allowance back:  approve(spender, 0)  on the token.',
      cause,
      details: first.details,
    },
  )
}
