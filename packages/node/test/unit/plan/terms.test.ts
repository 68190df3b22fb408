import {
  type ChainAccount,
  deployAttesterResolver,
  dryRun,
  ONE_TOKEN,
  readAttesters,
  type ScenarioParams,
  scheduledPot,
} from '@fednode/contracts'
import type { ChainManifest } from '@fednode/protocol'
import { type Address, getAddress, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareResolver } from '../../../src/plan/prepare-resolver.ts'
import { readScenarioPlan } from '../../../src/plan/read-scenario-plan.ts'
import { createAs, PLAIN, type ScenarioWorld, startScenarioWorld } from './scenario-world.ts'

const ATTESTERS = ['aa', 'bb', 'cc'].map((byte) => `0x${byte.repeat(20)}` as Address)
const FULL: ChainManifest = {
  ...PLAIN,
  reward: { ...PLAIN.reward, schedule: { kind: 'geometric', ratio: 0.9 } },
  market: { ...PLAIN.market, maxIssuance: 3 },
  dispute: { bond: '50', attesters: ATTESTERS, threshold: 2 },
  guardian: ATTESTERS[0] ?? '',
}

describe('a Scenario and its manifest', () => {
  let world: ScenarioWorld
  let federator: ChainAccount

  beforeAll(async () => {
    world = await startScenarioWorld()
    federator = world.federator
  }, 60_000)

  afterAll(() => world?.anvil.stop())

  const planOf = async (manifest: ChainManifest, lies: Partial<ScenarioParams> = {}) => {
    const { scenario } = await createAs(federator, world, { manifest, lies })
    return readScenarioPlan(federator, { scenario })
  }

  it.each([
    ['none of the optional terms', PLAIN],
    ['all of them', FULL],
    ['a fixed schedule', { ...PLAIN, reward: { ...PLAIN.reward, schedule: { kind: 'fixed' } } }],
  ] as const)('agree with %s', async (_, manifest) => {
    expect((await planOf(manifest)).manifest).toEqual(manifest)
  })

  it('say who decides, with one resolver for the attesters', async () => {
    const { state } = await planOf(FULL)
    const { attesters, threshold } = await readAttesters(federator, state.params)
    expect(attesters).toEqual(ATTESTERS.map((attester) => getAddress(attester)))
    expect(threshold).toBe(2n)
    expect(state.params).toMatchObject({ bond: 50n * ONE_TOKEN, maxIssuance: 3 })
    const { address } = await deployAttesterResolver(federator, {
      attesters: ATTESTERS,
      threshold: 3,
    })
    const resolver = address.toLowerCase()
    const named = await planOf({ ...FULL, dispute: { bond: '1', resolver } })
    expect(named.state.params.resolver).toBe(address)
    expect(await prepareResolver(federator, PLAIN)).toEqual({ resolver: zeroAddress, gasUsed: 0n })
  })

  it('can be tried without the resolver being deployed', async () => {
    const before = await federator.public.getTransactionCount({ address: federator.address })
    const dry = await dryRun(federator, (as) => createAs(as, world, { manifest: FULL }))
    expect(dry.transactions.map(({ to }) => to)).toEqual([null, world.orchestrator])
    const after = await federator.public.getTransactionCount({ address: federator.address })
    expect(after).toBe(before)
  })

  it('hold every round to the same pot, off the chain and on it', async () => {
    const { state } = await planOf(FULL)
    expect(scheduledPot(state.params, 1)).toBe((1005n * ONE_TOKEN) / 10n)
    expect(scheduledPot(state.params, 3)).toBe((1005n * 81n * ONE_TOKEN) / 1_000n)
  })

  it.each<[keyof ScenarioParams, Partial<ScenarioParams>]>([
    ['minClients', { minClients: 1 }],
    ['roundTimeout', { roundTimeout: 4_000_000_000 }],
    ['challengeWindow', { challengeWindow: 1 }],
    ['swapFee', { swapFee: ONE_TOKEN / 10n }],
    ['maxIssuance', { maxIssuance: 9 }],
    ['firstPot', { firstPot: 0n, potRatio: 0n }],
    ['potRatio', { potRatio: ONE_TOKEN / 2n }],
    ['bond', { bond: 1n }],
    ['guardian', { guardian: zeroAddress }],
  ])('are refused when the chain has another %s', async (name, lies) => {
    await expect(planOf(FULL, lies)).rejects.toMatchObject({
      info: { code: 'TERMS_MISMATCH', fault: 'refused' },
      message: expect.stringContaining(`${name} is `),
    })
  })

  it('are refused when others decide than the manifest says', async () => {
    const sets = [
      { attesters: ATTESTERS, threshold: 3 },
      { attesters: ATTESTERS.slice(0, 2), threshold: 2 },
    ]
    for (const set of sets) {
      const { address: resolver } = await deployAttesterResolver(federator, set)
      const lies = planOf(FULL, { resolver })
      await expect(lies).rejects.toMatchObject({ info: { code: 'TERMS_MISMATCH' } })
    }
    const named = { ...FULL, dispute: { bond: '50', resolver: world.currency.toLowerCase() } }
    const other = planOf(named, { resolver: world.orchestrator })
    await expect(other).rejects.toMatchObject({
      message: expect.stringContaining(`resolver is ${world.orchestrator}`),
    })
    // A contract that is no set of attesters cannot pass for one.
    await expect(planOf(FULL, { resolver: world.currency })).rejects.toMatchObject({
      info: { code: 'TERMS_MISMATCH' },
      message: expect.stringContaining('which has no attesters'),
    })
  })
})
