import { encodeFunctionData, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activateDelegation } from '../../../src/actions/network/activate-delegation.ts'
import { cancelDelegation } from '../../../src/actions/network/cancel-delegation.ts'
import { claimLocked } from '../../../src/actions/network/claim-locked.ts'
import { claimStake } from '../../../src/actions/network/claim-stake.ts'
import { delegate } from '../../../src/actions/network/delegate.ts'
import { lockStake } from '../../../src/actions/network/lock-stake.ts'
import { redeemLock } from '../../../src/actions/network/redeem-lock.ts'
import { setCommission } from '../../../src/actions/network/set-commission.ts'
import { stake } from '../../../src/actions/network/stake.ts'
import { sweepStake } from '../../../src/actions/network/sweep-stake.ts'
import { undelegate } from '../../../src/actions/network/undelegate.ts'
import { unstake } from '../../../src/actions/network/unstake.ts'
import { withdrawStake } from '../../../src/actions/network/withdraw-stake.ts'
import { stakeManagerAbi } from '../../../src/generated/network/stake-manager.ts'
import {
  type Anvil,
  advanceTime,
  type ChainAccount,
  type ChainReader,
  connectChain,
  readBlockTime,
  startAnvil,
} from '../../../src/index.ts'
import { delegatorsPart, sharesFor } from '../../../src/model/network/delegation.ts'
import { lockedAmount } from '../../../src/model/network/lock.ts'
import { readDelegation } from '../../../src/reads/network/read-delegation.ts'
import { readDelegators } from '../../../src/reads/network/read-delegators.ts'
import { readEarned } from '../../../src/reads/network/read-earned.ts'
import { readLock } from '../../../src/reads/network/read-lock.ts'
import { readPosition } from '../../../src/reads/network/read-position.ts'
import { readStakeParameters } from '../../../src/reads/network/read-stake-parameters.ts'
import { readThaws } from '../../../src/reads/network/read-thaws.ts'
import { positionKey, roleFrom, roleHash } from '../../../src/stake-position.ts'
import { accountOf } from '../../support/accounts.ts'
import { countedReader } from '../../support/counted-reader.ts'
import { createStakeWorld, ONE, type StakeWorld, THAWING } from '../../support/stake-world.ts'

const DAY = 86_400
const OUTLIER = 1

// One position: each test goes on where the one before it ended.
describe('staking', () => {
  let anvil: Anvil
  let reader: ChainReader
  let world: StakeWorld
  let operator: ChainAccount
  let delegator: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    world = await createStakeWorld(reader)
    operator = await accountOf(reader, 'operator')
    delegator = await accountOf(reader, 'delegator')
    await world.give(operator.address, 10_000n)
    await world.give(delegator.address, 10_000n)
  }, 60_000)
  afterAll(() => anvil?.stop())

  const later = async (seconds: number) =>
    advanceTime(reader, (await readBlockTime(reader)) + BigInt(seconds))
  const position = () =>
    ({ operator: operator.address, role: 'training-node', task: world.task }) as const
  const at = () => ({ stakeManager: world.stakeManager, position: position() })
  const mine = () =>
    ({ stakeManager: world.stakeManager, role: 'training-node', task: world.task }) as const
  const reward = (amount: bigint) =>
    world.send(
      world.stakeManager,
      encodeFunctionData({
        abi: stakeManagerAbi,
        functionName: 'reward',
        args: [positionKey(position()), amount],
      }),
    )

  it('names roles and positions as the contract does', async () => {
    const args = [operator.address, roleHash('training-node'), world.task] as const
    const call = {
      address: world.stakeManager,
      abi: stakeManagerAbi,
      functionName: 'keyOf',
    } as const
    expect(await reader.public.readContract({ ...call, args })).toBe(positionKey(position()))
    expect(roleFrom(roleHash('alliance'))).toBe('alliance')
    expect(roleFrom(roleHash('validator').replace('56', '57') as `0x${string}`)).toBeUndefined()
  })

  it('tells every parameter with its bounds', async () => {
    const parameters = await readStakeParameters(reader, world)
    expect(parameters).toHaveLength(16)
    expect(parameters[0]).toEqual({
      name: 'thawing',
      index: 0,
      value: THAWING,
      min: 345_600n,
      max: 2_592_000n,
    })
    expect(parameters[15]).toMatchObject({ name: 'cap-wrong-assessment', value: 5_000 })
  })

  it('refuses too little stake in a sentence', async () => {
    expect(await readPosition(reader, at())).toBeUndefined()
    await expect(stake(operator, { ...mine(), amount: 2_999n * ONE })).rejects.toMatchObject({
      code: 'STAKE_BELOW_MIN',
      info: { fault: 'usage' },
    })
    await expect(stake(operator, { ...mine(), amount: 20_000n * ONE })).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
    })
  })

  it('stakes, with the registration fee the first time', async () => {
    expect((await stake(operator, { ...mine(), amount: 3_000n * ONE })).fee).toBe(30n * ONE)
    expect((await stake(operator, { ...mine(), amount: ONE })).fee).toBe(0n)
    expect(await readPosition(reader, at())).toMatchObject({
      own: 3_001n * ONE,
      weight: 3_001n * ONE,
      commission: 0,
      heldUntil: undefined,
      nextCommission: undefined,
    })
  })

  it('takes stake out after thawing, not before', async () => {
    const { readyAt } = await unstake(operator, { ...mine(), amount: ONE })
    await expect(withdrawStake(operator, at())).rejects.toMatchObject({ code: 'NOTHING_THAWED' })
    const owner = operator.address
    expect(await readThaws(reader, { ...at(), owner })).toEqual([{ tokens: ONE, readyAt }])
    await later(THAWING)
    expect(await withdrawStake(operator, at())).toMatchObject({ amount: ONE, requests: 1n })
  })

  it('delegates, and is active a day later', async () => {
    expect((await setCommission(operator, { ...at(), bps: 4_000 })).from).toBeGreaterThan(0)
    await delegate(delegator, { ...at(), amount: 5n * ONE })
    expect((await cancelDelegation(delegator, at())).amount).toBe(5n * ONE)
    await delegate(delegator, { ...at(), amount: 1_000n * ONE })
    await expect(activateDelegation(operator, at())).rejects.toMatchObject({
      code: 'NOTHING_PENDING',
    })
    const due = { ...at(), delegator: delegator.address }
    await expect(activateDelegation(operator, due)).rejects.toMatchObject({
      code: 'ACTIVATION_TOO_EARLY',
    })
    await later(DAY)
    const { shares } = await activateDelegation(operator, due)
    expect(shares).toBe(sharesFor(1_000n * ONE, { tokens: 0n, shares: 0n }))
    expect((await readPosition(reader, at()))?.weight).toBe(4_000n * ONE)
  })

  it('pays rewards as the model says, delegators’ over a day', async () => {
    const amount = 58_084n * ONE
    await reward(amount)
    const terms = { commission: 4_000n, own: 3_000n * ONE, delegated: 1_000n * ONE }
    const part = delegatorsPart(amount, terms)
    expect(part).toBe(87_126n * (ONE / 10n))
    const earned = { stakeManager: world.stakeManager, owner: operator.address }
    expect(await readEarned(reader, earned)).toBe(amount - part)
    expect((await claimStake(delegator, earned)).amount).toBe(amount - part)
    await later(DAY)
    const { tokens } = await readDelegation(reader, { ...at(), delegator: delegator.address })
    expect(1_000n * ONE + part - tokens).toBeLessThan(10_000n)
  })

  it('takes a delegation out with what it earned', async () => {
    const who = { ...at(), delegator: delegator.address }
    const { shares, tokens } = await readDelegation(reader, who)
    const { reader: counted, asked } = countedReader(reader)
    expect(await readDelegators(counted, { ...at(), fromBlock: 0n })).toEqual([
      { delegator: delegator.address, tokens },
    ])
    expect(asked).toEqual(['eth_blockNumber', 'eth_getLogs', 'eth_call'])
    await expect(undelegate(delegator, { ...at(), shares: shares + 1n })).rejects.toMatchObject({
      code: 'SHARES_TOO_FEW',
    })
    const out = await undelegate(delegator, { ...at(), shares })
    expect(out.amount).toBe(tokens)
    expect(await readDelegators(reader, { ...at(), fromBlock: 0n })).toEqual([])
    await later(THAWING)
    const { amount } = await withdrawStake(delegator, at())
    expect(tokens - amount).toBeLessThanOrEqual(1n)
  })

  it('locks for longer to weigh more, and keeps rewards apart', async () => {
    const { lockedStake } = world
    const seconds = 100n * BigInt(DAY)
    const locked = await lockStake(delegator, { lockedStake, principal: 100n * ONE, seconds })
    expect(locked.amount).toBe(lockedAmount(100n * ONE, seconds))
    expect(await readLock(reader, { lockedStake, id: locked.id })).toMatchObject({
      owner: delegator.address,
      principal: 100n * ONE,
    })
    expect(await readLock(reader, { lockedStake, id: 99n })).toBeUndefined()
    const gm = { ...at(), asset: 'locked' } as const
    await delegate(delegator, { ...gm, amount: locked.amount })
    await later(DAY)
    const { shares } = await activateDelegation(delegator, gm)
    expect(await readDelegators(reader, { ...at(), fromBlock: 0n })).toEqual([
      { delegator: delegator.address, tokens: locked.amount },
    ])
    await reward(100n * ONE)
    await later(DAY)
    const paid = await claimLocked(operator, { ...gm, delegator: delegator.address })
    const terms = { commission: 4_000n, own: 3_000n * ONE, delegated: locked.amount }
    expect(delegatorsPart(100n * ONE, terms) - paid.amount).toBeLessThanOrEqual(2n)
    expect((await undelegate(delegator, { ...gm, shares })).amount).toBe(locked.amount)
    await later(THAWING)
    await withdrawStake(delegator, gm)
    const { id, amount } = locked
    await expect(redeemLock(delegator, { lockedStake, id, amount })).rejects.toMatchObject({
      code: 'LOCK_CLOSED',
    })
    await later(100 * DAY)
    expect((await redeemLock(delegator, { lockedStake, id, amount })).principal).toBe(100n * ONE)
  })

  it('opens a position with locked stake, the fee in the token', async () => {
    const { lockedStake } = world
    const seconds = 365n * BigInt(DAY)
    const { amount } = await lockStake(delegator, { lockedStake, principal: 1_000n * ONE, seconds })
    const opened = await stake(delegator, { ...mine(), amount, asset: 'locked' })
    expect(opened.fee).toBe(30n * ONE)
    const own = { ...position(), operator: delegator.address }
    const state = await readPosition(reader, { ...at(), position: own })
    expect(state?.locked.own.tokens).toBe(amount)
  })

  it('burns half of what is slashed, and pays the rest to the treasury', async () => {
    await sweepStake(operator, world)
    await world.send(
      world.stakeManager,
      encodeFunctionData({
        abi: stakeManagerAbi,
        functionName: 'slash',
        args: [positionKey(position()), 10n * ONE, OUTLIER, zeroAddress],
      }),
    )
    expect((await readPosition(reader, at()))?.own).toBe(2_990n * ONE)
    expect((await readPosition(reader, at()))?.weight).toBe(0n)
    expect(await sweepStake(operator, world)).toMatchObject({
      burned: 5n * ONE,
      toTreasury: 5n * ONE,
    })
  })
})
