import { encodeFunctionData, type TransactionReceipt, zeroAddress } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { emissionControllerAbi } from '../../generated/network/emission-controller.ts'
import { lockedStakeAbi } from '../../generated/network/locked-stake.ts'
import { networkAccessAbi } from '../../generated/network/network-access.ts'
import { timelockAbi } from '../../generated/network/timelock.ts'
import { NETWORK_PERMISSIONS, NETWORK_ROLES, selectorOf } from '../../network-roles.ts'
import type { Send } from '../../send.ts'
import type { ChainAccount } from '../../types.ts'
import type { NetworkContracts, NetworkTerms } from './deploy-network.ts'

const BPS = 10_000

/** What a network is made of, and with. */
type Parts = { readonly contracts: NetworkContracts; readonly terms: NetworkTerms }

/**
 * Connects the contracts of a network with one another, and leaves all power over them to its timelock.
 * @returns the receipt of the transaction that hands it over.
 * @throws {ChainError} what the contracts say.
 */
export async function wireNetwork(
  account: ChainAccount,
  send: Send,
  parts: Parts,
): Promise<TransactionReceipt> {
  await wireTreasury(account, send, parts.contracts)
  await wireEmission(send, parts)
  return handOver(account, send, parts)
}

/** The Dao proposes and cancels, anybody executes, nobody administers. */
async function wireTreasury(
  account: ChainAccount,
  send: Send,
  { timelock, dao }: NetworkContracts,
): Promise<void> {
  const read = { address: timelock, abi: timelockAbi } as const
  const names = ['PROPOSER_ROLE', 'CANCELLER_ROLE', 'EXECUTOR_ROLE', 'DEFAULT_ADMIN_ROLE'] as const
  const [proposer, canceller, executor, admin] = await ask(
    Promise.all([
      account.public.readContract({ ...read, functionName: names[0] }),
      account.public.readContract({ ...read, functionName: names[1] }),
      account.public.readContract({ ...read, functionName: names[2] }),
      account.public.readContract({ ...read, functionName: names[3] }),
    ]),
  )
  const grants = [
    [proposer, dao],
    [canceller, dao],
    [executor, zeroAddress],
  ] as const
  for (const args of grants) {
    await send({
      to: timelock,
      data: encodeFunctionData({ abi: timelockAbi, functionName: 'grantRole', args }),
    })
  }
  const args = [admin, account.address] as const
  await send({
    to: timelock,
    data: encodeFunctionData({ abi: timelockAbi, functionName: 'renounceRole', args }),
  })
}

async function wireEmission(send: Send, { contracts, terms: { tasksBps } }: Parts): Promise<void> {
  const { emission, taskEmission, timelock, lockedStake, stakeManager, alliance } = contracts
  const recipients = [
    { to: taskEmission, bps: tasksBps },
    { to: timelock, bps: BPS - tasksBps },
  ]
  await send({
    to: emission,
    data: encodeFunctionData({
      abi: emissionControllerAbi,
      functionName: 'setRecipients',
      args: [recipients],
    }),
  })
  await send({
    to: lockedStake,
    data: encodeFunctionData({
      abi: lockedStakeAbi,
      functionName: 'setStakingContract',
      args: [stakeManager, true],
    }),
  })
  await send({
    to: alliance,
    data: encodeFunctionData({
      abi: allianceAbi,
      functionName: 'setSources',
      args: [taskEmission, timelock],
    }),
  })
}

/** The table of permissions, who has the roles, and the timelock in place of the account that deployed. */
async function handOver(
  account: ChainAccount,
  send: Send,
  { contracts, terms }: Parts,
): Promise<TransactionReceipt> {
  const holders = [
    [NETWORK_ROLES.staking, contracts.registry],
    [NETWORK_ROLES.staking, contracts.alliance],
    [NETWORK_ROLES.updater, terms.updater],
    [NETWORK_ROLES.guardian, terms.guardian],
    [NETWORK_ROLES.governance, contracts.timelock],
  ] as const
  const permissions = NETWORK_PERMISSIONS.map((permission) =>
    encodeFunctionData({
      abi: networkAccessAbi,
      functionName: 'setTargetFunctionRole',
      args: [
        contracts[permission.contract],
        [selectorOf(permission)],
        NETWORK_ROLES[permission.role],
      ],
    }),
  )
  const grants = holders.map(([role, holder]) =>
    encodeFunctionData({
      abi: networkAccessAbi,
      functionName: 'grantRole',
      args: [role, holder, 0],
    }),
  )
  const leave = encodeFunctionData({
    abi: networkAccessAbi,
    functionName: 'renounceRole',
    args: [NETWORK_ROLES.governance, account.address],
  })
  return send({
    to: contracts.access,
    data: encodeFunctionData({
      abi: networkAccessAbi,
      functionName: 'multicall',
      args: [[...permissions, ...grants, leave]],
    }),
  })
}
