import {
  type Anvil,
  type ChainAccount,
  connectAccount,
  connectChain,
  createScenario,
  deployAttesterResolver,
  deployLocalCurrency,
  deployOrchestrator,
  dryRun,
  ONE_TOKEN,
  readAttesters,
  type ScenarioParams,
  scheduledPot,
  setBalance,
  startAnvil,
} from '@fednode/contracts'
import { cidOfBytes, encodeManifest, type Manifest } from '@fednode/protocol'
import { type Address, getAddress, zeroAddress } from 'viem'
import { privateKeyToAddress } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftManifest } from '../../../src/plan/draft-manifest.ts'
import { prepareResolver } from '../../../src/plan/prepare-resolver.ts'
import { readScenarioPlan } from '../../../src/plan/read-scenario-plan.ts'
import { scenarioParams } from '../../../src/plan/scenario-params.ts'

const KEY = `0x${'24'.repeat(32)}` as const
const ATTESTERS = ['aa', 'bb', 'cc'].map((byte) => `0x${byte.repeat(20)}` as Address)
const PLAIN = draftManifest({
  name: 'hearts',
  data: {
    kind: 'table',
    columns: [{ name: 'age', type: 'integer' }],
    label: { column: 'ill', classes: ['no', 'yes'] },
    missingRows: 'drop',
  },
  validation: cidOfBytes(Uint8Array.of(1)),
  rounds: 5,
  minSilos: 2,
  maxSilos: 4,
  hidden: [],
  deadlineSeconds: 60,
  registrationSeconds: 3_600,
  reward: '100.5',
  market: '1000',
  seed: 7,
})
const FULL: Manifest = {
  ...PLAIN,
  reward: { ...PLAIN.reward, schedule: { kind: 'geometric', ratio: 0.9 } },
  market: { ...PLAIN.market, maxIssuance: 3 },
  dispute: { bond: '50', attesters: ATTESTERS, threshold: 2 },
  guardian: ATTESTERS[0] ?? '',
}

describe('a Scenario and its manifest', () => {
  let anvil: Anvil
  let federator: ChainAccount
  let orchestrator: Address
  let currency: Address

  beforeAll(async () => {
    anvil = await startAnvil()
    const { rpcUrl } = anvil
    const reader = await connectChain({ rpcUrl })
    await setBalance(reader, { address: privateKeyToAddress(KEY), amount: 10n ** 20n })
    federator = await connectAccount({ rpcUrl, privateKey: KEY })
    ;({ address: currency } = await deployLocalCurrency(federator))
    ;({ address: orchestrator } = await deployOrchestrator(federator, { minChallengeWindow: 0 }))
  }, 60_000)

  afterAll(() => anvil?.stop())

  /** Puts a manifest on chain, with parameters that may be others than it says. */
  const create = async (manifest: Manifest, lies: Partial<ScenarioParams> = {}) => {
    const { resolver } = await prepareResolver(federator, manifest)
    const { timestamp } = await federator.public.getBlock()
    const peerKey = new Uint8Array(32).fill(7)
    const facts = { currency, peerKey, now: timestamp, resolver }
    const params = { ...scenarioParams(manifest, facts), ...lies }
    const { bytes } = encodeManifest(manifest)
    return createScenario(federator, { orchestrator, params, manifest: bytes, endpoint: '' })
  }
  const planOf = async (manifest: Manifest, lies: Partial<ScenarioParams> = {}) => {
    const { scenario } = await create(manifest, lies)
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
    const real = federator
    const dry = await dryRun(real, async (as) => {
      federator = as
      return create(FULL)
    }).finally(() => {
      federator = real
    })
    expect(dry.transactions.map(({ to }) => to)).toEqual([null, orchestrator])
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
    const named = { ...FULL, dispute: { bond: '50', resolver: currency.toLowerCase() } }
    const other = planOf(named, { resolver: orchestrator })
    await expect(other).rejects.toMatchObject({
      message: expect.stringContaining(`resolver is ${orchestrator}`),
    })
    // A contract that is no set of attesters cannot pass for one.
    await expect(planOf(FULL, { resolver: currency })).rejects.toMatchObject({
      info: { code: 'TERMS_MISMATCH' },
      message: expect.stringContaining('which has no attesters'),
    })
  })
})
