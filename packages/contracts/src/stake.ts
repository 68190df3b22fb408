import type { Address, TransactionReceipt } from 'viem'
import { ask } from './ask.ts'
import { scenarioAbi } from './generated/scenario.ts'
import type { Send } from './send.ts'
import { spending } from './spend.ts'
import type { ChainAccount } from './types.ts'

/** A bond that an action stakes. */
export type Staking = {
  readonly scenario: Address
  /** The view that says how much it is. */
  readonly stake: 'assertionBond' | 'disputeBond'
  readonly job: () => Promise<TransactionReceipt>
}

/**
 * Lets a Scenario take what a bond needs beyond the account's free credit there, and no more (T56).
 * @throws {ChainError} INSUFFICIENT_BALANCE (usage); whatever `job` throws.
 */
export async function staking(
  account: ChainAccount,
  send: Send,
  { scenario, stake, job }: Staking,
): Promise<TransactionReceipt> {
  const contract = { address: scenario, abi: scenarioAbi } as const
  const [bond, credit, { currency }] = await ask(
    Promise.all([
      account.public.readContract({ ...contract, functionName: stake }),
      account.public.readContract({
        ...contract,
        functionName: 'bondCredit',
        args: [account.address],
      }),
      account.public.readContract({ ...contract, functionName: 'params' }),
    ]),
  )
  if (bond <= credit) return job()
  return spending(account, send, { token: currency, spender: scenario, amount: bond - credit, job })
}
