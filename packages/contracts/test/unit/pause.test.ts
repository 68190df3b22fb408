import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  assertRound,
  type ChainAccount,
  claim,
  claimLp,
  closeRegistration,
  connectChain,
  exitProportional,
  exitSingle,
  finalizeRound,
  fundRound,
  joinProportional,
  joinSingle,
  ONE_TOKEN,
  openMarket,
  pause,
  readBlockTime,
  readScenario,
  startAnvil,
  swapExactIn,
  unpause,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, newScenario, registerAs, type World } from '../support/federation.ts'

const DIGEST = `0x${'11'.repeat(32)}` as const
const DAY = 86_400n
const PAUSE = 3n * DAY
const REST = 7n * DAY

// One federation: each test goes on where the one before it ended.
describe('a paused market', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let token: Address
  let client: ChainAccount
  let guardian: ChainAccount
  let until: bigint

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    guardian = await accountOf(world.reader, 'guardian')
    ;({ scenario, pool } = await newScenario(world, { guardian: guardian.address }))
    ;({ account: client, token } = await registerAs(world, { scenario, name: 'alpha' }))
    await registerAs(world, { scenario, name: 'beta' })
    await closeRegistration(world.federator, { scenario })
    await openMarket(world.federator, { scenario })
    await fundRound(world.federator, { scenario, round: 1, amount: ONE_TOKEN })
    await assertRound(world.federator, { ...anchor(1) })
  }, 60_000)

  afterAll(() => anvil?.stop())

  const anchor = (round: number) => ({
    ...{ scenario, round, shares: [1, 1] },
    evidenceRoot: DIGEST,
    modelDigest: DIGEST,
  })
  const later = async () => (await readBlockTime(world.reader)) + 30n * DAY
  const sale = async () => ({
    ...{ pool, tokenIn: token, tokenOut: world.currency },
    ...{ amountIn: ONE_TOKEN, minOut: 0n, deadline: await later() },
  })

  it('is ended by nobody while it runs', async () => {
    await expect(pause(client, { scenario })).rejects.toMatchObject({ code: 'NOT_GUARDIAN' })
    await expect(unpause(guardian, { scenario })).rejects.toMatchObject({ code: 'NOT_PAUSED' })
    expect((await readScenario(world.reader, { scenario })).pausedUntil).toBe(0n)
  })

  it('stops trades, joins, single-token exits and new rounds, and says until when', async () => {
    ;({ until } = await pause(guardian, { scenario }))
    expect(until).toBe((await readBlockTime(world.reader)) + PAUSE)
    expect((await readScenario(world.reader, { scenario })).pausedUntil).toBe(until)
    const { federator } = world
    const one = { pool, deadline: await later() }
    // Owned by the federator of every token, and more than a share costs.
    const maxIn = [1_000n, 1_000n, 1_000n].map((amount) => amount * ONE_TOKEN)
    const stopped: [string, () => Promise<unknown>][] = [
      ['swap', async () => swapExactIn(client, await sale())],
      [
        'join',
        () => joinSingle(client, { ...one, tokenIn: token, amountIn: ONE_TOKEN, minLp: 0n }),
      ],
      ['exit', () => exitSingle(client, { ...one, tokenOut: token, lpIn: ONE_TOKEN, minOut: 0n })],
      ['all', () => joinProportional(federator, { ...one, lpOut: ONE_TOKEN, maxIn })],
      ['fund', () => fundRound(federator, { scenario, round: 2, amount: 1n })],
    ]
    for (const [what, attempt] of stopped) {
      await expect(attempt(), what).rejects.toMatchObject({
        code: 'PAUSED',
        message: expect.stringContaining(new Date(Number(until) * 1000).toISOString().slice(0, 19)),
      })
    }
  })

  it('never stops settlements, claims and proportional exits', async () => {
    await finalizeRound(client, { scenario, round: 1, shares: [1, 1] })
    await advanceTime(world.reader, (await readBlockTime(world.reader)) + 600n)
    expect(await claim(client, { scenario })).toMatchObject({ paid: expect.any(BigInt) })
    const lp = await claimLp(client, { pool })
    expect(lp?.paid).toBeGreaterThan(0n)
    const minOut = [0n, 0n, 0n]
    const exit = { pool, lpIn: ONE_TOKEN, minOut, deadline: await later() }
    expect((await exitProportional(client, exit)).amounts).toHaveLength(3)
  })

  it('can be ended early, and comes back only after a rest', async () => {
    await expect(unpause(client, { scenario })).rejects.toMatchObject({ code: 'NOT_GUARDIAN' })
    await unpause(guardian, { scenario })
    await swapExactIn(client, await sale())
    const { pausedUntil } = await readScenario(world.reader, { scenario })
    await expect(pause(guardian, { scenario })).rejects.toMatchObject({ code: 'PAUSE_RESTING' })
    await advanceTime(world.reader, pausedUntil + REST)
    expect((await pause(guardian, { scenario })).until).toBeGreaterThan(until)
  })

  it('ends by itself', async () => {
    const { pausedUntil } = await readScenario(world.reader, { scenario })
    await expect(swapExactIn(client, await sale())).rejects.toMatchObject({ code: 'PAUSED' })
    await advanceTime(world.reader, pausedUntil)
    await swapExactIn(client, await sale())
  })
})
