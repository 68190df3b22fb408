import {
  type Address,
  createPublicClient,
  custom,
  decodeFunctionData,
  erc20Abi,
  getAbiItem,
  type Hex,
  toFunctionSelector,
} from 'viem'
import { ChainError } from './chain-error.ts'
import { explainFailure } from './explain-failure.ts'
import { createTurns } from './turns.ts'
import type { ChainAccount, TransactionCall, Wallet } from './types.ts'
import { createSimulation, type Simulation } from './wallets/simulation.ts'

const APPROVE_ITEM = getAbiItem({ abi: erc20Abi, name: 'approve' })
const APPROVE = toFunctionSelector(APPROVE_ITEM)

/** Tokens that a contract would be allowed to take; wei. */
export type Approval = {
  readonly token: Address
  readonly spender: Address
  readonly amount: bigint
}

/** One transaction that would be sent. */
export type DryTransaction = {
  /** Null when it would create a contract. */
  readonly to: Address | null
  readonly gasUsed: bigint
  /** What it would approve; null when it does something else. */
  readonly approval: Approval | null
}

/** What some actions would do. */
export type DryRun<T> = {
  /** What the job answered; a transaction's `hash` in it names nothing. */
  readonly outcome: T
  /** Of all transactions together, approvals included. */
  readonly gasUsed: bigint
  /** In the order in which they would be sent. */
  readonly transactions: readonly DryTransaction[]
}

/**
 * Runs actions as if, on the present state of the chain: nothing is sent and nothing is signed, and each action sees what the ones
 * before it would have done.
 * @param job - gets an account that behaves like `account`; it must use that one for everything.
 * @throws {ChainError} whatever the actions would throw; DRY_RUN_UNSUPPORTED when the node cannot simulate.
 */
export async function dryRun<T>(
  account: ChainAccount,
  job: (account: ChainAccount) => Promise<T>,
): Promise<DryRun<T>> {
  const simulation = await createSimulation(account)
  const transactions: DryTransaction[] = []
  const wallet: Wallet = {
    transact: async (call) => {
      const receipt = await simulation.run(call).catch((error: unknown) => {
        throw explainFailure(error)
      })
      const { gasUsed } = receipt
      transactions.push({ to: call.to ?? null, gasUsed, approval: approvalIn(call) })
      return receipt
    },
    signTypedData: () => Promise.reject(signsNothing()),
  }
  const reader = simulatedReader(account, simulation)
  const outcome = await job({ ...account, public: reader, wallet, inTurn: createTurns() })
  const gasUsed = transactions.reduce((sum, { gasUsed: gas }) => sum + gas, 0n)
  return { outcome, gasUsed, transactions }
}

// Actions read between their transactions, an allowance for example; views then answer from the simulation.
function simulatedReader(account: ChainAccount, simulation: Simulation): ChainAccount['public'] {
  const { chain, request: ask } = account.public
  const request = async (asked: { method: string; params?: unknown }): Promise<unknown> => {
    const call = asked.method === 'eth_call' ? viewCall(asked.params) : undefined
    if (call !== undefined && simulation.hasRun()) return simulation.read(call)
    // viem types the arguments of every method; these come from viem itself.
    return ask(asked as Parameters<typeof ask>[0])
  }
  return createPublicClient({ chain, transport: custom({ request }, { retryCount: 0 }) })
}

function viewCall(params: unknown): { readonly to: Address; readonly data: Hex } | undefined {
  const [call] = params as readonly [{ readonly to?: Address; readonly data?: Hex }]
  const { to, data } = call
  return to === undefined || data === undefined ? undefined : { to, data }
}

function approvalIn({ to, data }: TransactionCall): Approval | null {
  if (to === undefined || !data.startsWith(APPROVE)) return null
  const { args } = decodeFunctionData({ abi: [APPROVE_ITEM], data })
  const [spender, amount] = args
  return { token: to, spender, amount }
}

function signsNothing(): ChainError {
  return new ChainError('a dry run signs nothing', {
    code: 'DRY_RUN_SIGNS_NOTHING',
    fault: 'usage',
    hint: 'Sign first, then try what the signature is for.',
  })
}
