import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectEmission } from '../../../src/actions/network/collect-emission.ts'
import { distributeEmission } from '../../../src/actions/network/distribute-emission.ts'
import { emitDays } from '../../../src/actions/network/emit-days.ts'
import { stake } from '../../../src/actions/network/stake.ts'
import { emissionControllerAbi } from '../../../src/generated/network/emission-controller.ts'
import {
  type Anvil,
  advanceTime,
  type ChainAccount,
  type ChainReader,
  connectChain,
  startAnvil,
} from '../../../src/index.ts'
import {
  emissionOn,
  emissionUntil,
  FIRST_DAILY_EMISSION,
} from '../../../src/model/network/emission.ts'
import { lockedAmount } from '../../../src/model/network/lock.ts'
import { readEmission } from '../../../src/reads/network/read-emission.ts'
import { readTaskEmission } from '../../../src/reads/network/read-task-emission.ts'
import { accountOf } from '../../support/accounts.ts'
import { createStakeWorld, ONE, type StakeWorld } from '../../support/stake-world.ts'

const DAY = 86_400

describe('the emission’s model', () => {
  it('is FLock’s: 309,157.6759 on day one, 420,000,000 in 60 months', () => {
    expect(FIRST_DAILY_EMISSION / 10n ** 14n).toBe(3_091_576_759n)
    expect(emissionUntil(10_000n)).toBe(420_000_000n * ONE - 22_050n)
    expect(emissionOn(1_799n) / ONE).toBe(170_866n)
    expect(emissionOn(1_800n)).toBe(0n)
  })

  it('gives 3.01 times for a year, once for a month', () => {
    expect(lockedAmount(100n, 30n * BigInt(DAY))).toBe(100n)
    expect(lockedAmount(100n, 365n * BigInt(DAY))).toBe(301n)
  })
})

describe('the emission', () => {
  let anvil: Anvil
  let reader: ChainReader
  let world: StakeWorld
  let operator: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    world = await createStakeWorld(reader)
    operator = await accountOf(reader, 'operator')
    await world.give(operator.address, 10_000n)
  }, 60_000)
  afterAll(() => anvil?.stop())

  it('mints what the model says, and hands it over', async () => {
    const { emission, governor } = world
    const { start } = await readEmission(reader, { emission })
    expect(await emitDays(operator, { emission })).toMatchObject({ days: 0n, minted: 0n })
    await advanceTime(reader, BigInt(start + 40 * DAY))
    const minted = emissionUntil(40n)
    expect(await emitDays(operator, { emission })).toMatchObject({ days: 40n, minted })
    expect(await readEmission(reader, { emission })).toEqual({
      start,
      daysEmitted: 40n,
      minted,
      nextDay: emissionOn(40n),
      recipients: [{ to: governor.address, bps: 10_000, booked: minted }],
    })
    const recipient = governor.address
    expect((await collectEmission(operator, { emission, recipient })).amount).toBe(minted)
    expect((await collectEmission(operator, { emission, recipient })).amount).toBe(0n)
  })

  it('is split over tasks by their stake, once a day', async () => {
    const { emission, taskEmission, stakeManager, task } = world
    await world.send(
      emission,
      encodeFunctionData({
        abi: emissionControllerAbi,
        functionName: 'setRecipients',
        args: [[{ to: taskEmission, bps: 10_000 }]],
      }),
    )
    await stake(operator, { stakeManager, role: 'alliance', task, amount: 100n * ONE })
    const { start } = await readEmission(reader, { emission })
    await advanceTime(reader, BigInt(start + 41 * DAY))
    const first = await distributeEmission(operator, { taskEmission })
    expect(first.carried).toBe(emissionOn(40n))
    await expect(distributeEmission(operator, { taskEmission })).rejects.toMatchObject({
      code: 'DISTRIBUTION_TOO_EARLY',
    })
    await advanceTime(reader, BigInt(start + 43 * DAY))
    const { shares, carried } = await distributeEmission(operator, { taskEmission })
    const amount = emissionUntil(43n) - emissionUntil(40n)
    expect(shares).toEqual([{ task, stake: 100n * ONE, amount }])
    expect(carried).toBe(0n)
    expect(await readTaskEmission(reader, { taskEmission })).toEqual([
      { task, stake: 100n * ONE, owed: amount },
    ])
  })
})
