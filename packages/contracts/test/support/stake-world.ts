import {
  type Abi,
  type Address,
  type ContractConstructorArgs,
  encodeDeployData,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  toFunctionSelector,
} from 'viem'
import { deployedAddress } from '../../src/deployed-address.ts'
import {
  emissionControllerAbi,
  emissionControllerBytecode,
} from '../../src/generated/network/emission-controller.ts'
import { lockedStakeAbi, lockedStakeBytecode } from '../../src/generated/network/locked-stake.ts'
import {
  networkAccessAbi,
  networkAccessBytecode,
} from '../../src/generated/network/network-access.ts'
import { stakeManagerAbi, stakeManagerBytecode } from '../../src/generated/network/stake-manager.ts'
import { taskEmissionAbi, taskEmissionBytecode } from '../../src/generated/network/task-emission.ts'
import { type ChainAccount, type ChainReader, readBlockTime } from '../../src/index.ts'
import { taskIdOf } from '../../src/stake-position.ts'
import { accountOf } from './accounts.ts'

export const ONE = 10n ** 18n
export const THAWING = 7 * 86_400
const LONGEST_PROOF = 2 * 86_400
const SUPPLY = 580_000_000n * ONE
/** Of the test alone: rewards and slashes. */
const ARENA_ROLE = 7n

/** Token, emission, locked stake and stake. `governor` administers them, has the supply, and acts as the contract that owns `task`. */
export type StakeWorld = {
  readonly governor: ChainAccount
  readonly token: Address
  readonly emission: Address
  readonly taskEmission: Address
  readonly lockedStake: Address
  readonly stakeManager: Address
  readonly task: bigint
  readonly give: (to: Address, tokens: bigint) => Promise<void>
  readonly send: (to: Address, data: Hex) => Promise<void>
}

export async function createStakeWorld(reader: ChainReader): Promise<StakeWorld> {
  const governor = await accountOf(reader, 'governor')
  const create = async <const A extends Abi>(
    abi: A,
    bytecode: Hex,
    args: ContractConstructorArgs<A>,
  ) => {
    const data = encodeDeployData({ abi, bytecode, args } as Parameters<typeof encodeDeployData>[0])
    return deployedAddress(await governor.wallet.transact({ data }))
  }
  const send = async (to: Address, data: Hex) => {
    await governor.wallet.transact({ to, data })
  }
  const access = await create(networkAccessAbi, networkAccessBytecode, [governor.address])
  const start = Number(await readBlockTime(reader)) + 60
  const emission = await create(emissionControllerAbi, emissionControllerBytecode, [
    access,
    start,
    governor.address,
    SUPPLY,
    [{ to: governor.address, bps: 10_000 }],
  ])
  const token = await reader.public.readContract({
    address: emission,
    abi: emissionControllerAbi,
    functionName: 'token',
  })
  const lockedStake = await create(lockedStakeAbi, lockedStakeBytecode, [access, token])
  const stakeManager = await create(stakeManagerAbi, stakeManagerBytecode, [
    access,
    token,
    lockedStake,
    governor.address,
    THAWING,
    LONGEST_PROOF,
  ])
  const taskEmission = await create(taskEmissionAbi, taskEmissionBytecode, [
    access,
    emission,
    stakeManager,
  ])
  const world = { governor, token, emission, taskEmission, lockedStake, stakeManager, send }
  const task = taskIdOf(governor.address, 1n)
  await wire(world, access, task)
  const give = (to: Address, tokens: bigint) =>
    send(
      token,
      encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, tokens * ONE] }),
    )
  return { ...world, task, give }
}

async function wire(
  world: Omit<StakeWorld, 'give' | 'task'>,
  access: Address,
  task: bigint,
): Promise<void> {
  const { governor, send, token, lockedStake, stakeManager, taskEmission } = world
  const selectors = [
    toFunctionSelector('reward(bytes32,uint256)'),
    toFunctionSelector('slash(bytes32,uint256,uint8,address)'),
  ]
  const calls: readonly (readonly [Address, Hex])[] = [
    [
      access,
      encodeFunctionData({
        abi: networkAccessAbi,
        functionName: 'setTargetFunctionRole',
        args: [stakeManager, selectors, ARENA_ROLE],
      }),
    ],
    [
      access,
      encodeFunctionData({
        abi: networkAccessAbi,
        functionName: 'grantRole',
        args: [ARENA_ROLE, governor.address, 0],
      }),
    ],
    [
      lockedStake,
      encodeFunctionData({
        abi: lockedStakeAbi,
        functionName: 'setStakingContract',
        args: [stakeManager, true],
      }),
    ],
    [
      taskEmission,
      encodeFunctionData({ abi: taskEmissionAbi, functionName: 'addTask', args: [task] }),
    ],
    [
      token,
      encodeFunctionData({
        abi: erc20Abi,
        functionName: 'approve',
        args: [stakeManager, SUPPLY],
      }),
    ],
  ]
  for (const [to, data] of calls) await send(to, data)
}
