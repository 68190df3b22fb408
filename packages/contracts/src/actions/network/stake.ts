import { type Address, encodeFunctionData, type TransactionReceipt, zeroAddress } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { act, type Send } from '../../send.ts'
import { spending } from '../../spend.ts'
import { stakeToken } from '../../stake-assets.ts'
import { positionKey, roleHash, type StakeAsset, type StakeRole } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** Stake of the account's own. */
export type NewStake = {
  readonly stakeManager: Address
  readonly role: StakeRole
  readonly task: bigint
  /** wei. */
  readonly amount: bigint
  /** 'plain' when left out. */
  readonly asset?: StakeAsset
}

/** IStakeManager's Parameter. */
const REGISTRATION_FEE = 1
const ONE_TOKEN = 10n ** 18n

/**
 * Stakes in the account's own position, and opens it the first time; training nodes then pay the registration fee on top. Exactly that is
 * approved.
 * @returns `fee` in wei.
 * @throws {ChainError} STAKE_BELOW_MIN, ROLE_UNKNOWN; INSUFFICIENT_BALANCE (usage).
 */
export function stake(
  account: ChainAccount,
  args: NewStake,
): Promise<Mined & { readonly fee: bigint }> {
  const { stakeManager, role, task, amount, asset = 'plain' } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: asset === 'plain' ? 'stake' : 'stakeLocked',
    args: [roleHash(role), task, amount],
  })
  return act(account, async (send) => {
    const fee = await registrationFee(account, args)
    const job = () => send({ to: stakeManager, data })
    const receipt = await paying(account, send, { stakeManager, asset, amount, fee, job })
    return { receipt, result: { fee } }
  })
}

type Payment = {
  readonly stakeManager: Address
  readonly asset: StakeAsset
  readonly amount: bigint
  readonly fee: bigint
  readonly job: () => Promise<TransactionReceipt>
}

async function paying(
  account: ChainAccount,
  send: Send,
  { stakeManager, asset, amount, fee, job }: Payment,
): Promise<TransactionReceipt> {
  const spender = stakeManager
  const token = await stakeToken(account, { stakeManager, asset })
  if (asset === 'plain')
    return spending(account, send, { token, spender, amount: amount + fee, job })
  const staking = () => spending(account, send, { token, spender, amount, job })
  if (fee === 0n) return staking()
  const feeToken = await stakeToken(account, { stakeManager, asset: 'plain' })
  return spending(account, send, { token: feeToken, spender, amount: fee, job: staking })
}

async function registrationFee(
  account: ChainAccount,
  { stakeManager, role, task }: NewStake,
): Promise<bigint> {
  if (role !== 'training-node') return 0n
  const contract = { address: stakeManager, abi: stakeManagerAbi } as const
  const key = positionKey({ operator: account.address, role, task })
  const [position, fee] = await ask(
    Promise.all([
      account.public.readContract({ ...contract, functionName: 'positionOf', args: [key] }),
      account.public.readContract({
        ...contract,
        functionName: 'parameterOf',
        args: [REGISTRATION_FEE],
      }),
    ]),
  )
  return position.operator === zeroAddress ? BigInt(fee) * ONE_TOKEN : 0n
}
