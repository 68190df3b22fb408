import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  assertRound,
  closeRegistration,
  finalizeRound,
  fundRound,
  isDevAccount,
  ONE_TOKEN,
  parseAmount,
  readPool,
  readScenario,
  register,
  type ScenarioState,
} from '@fednode/contracts'
import { isSiloName, type SiloName, signBinding } from '@fednode/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadIdentity } from '../../../src/identity/load-identity.ts'
import { type Cast, createCast } from '../../../src/local/cast.ts'
import { createFederation } from '../../../src/local/create-federation.ts'
import { createInvestor, type Investor } from '../../../src/local/investor.ts'
import { type LocalChain, startLocalChain } from '../../../src/local/local-chain.ts'
import { createMarket, type Market } from '../../../src/local/market.ts'
import type { FederationPlan } from '../../../src/local/plan.ts'
import { raiseCapital } from '../../../src/local/raise-capital.ts'
import { createRunDirectory, type RunDirectory } from '../../../src/local/run-directory.ts'
import { settle } from '../../../src/local/settle.ts'
import { exampleManifest } from '../../fixtures/up-result.ts'

const NAMES = ['silo-a', 'silo-b', 'silo-c'].filter(isSiloName)
const SHARES = [200_000_000, 300_000_000, 500_000_000]
const DIGEST = `0x${'ab'.repeat(32)}` as const
const SECONDS = { train: 1, transfer: 0, aggregate: 0, assess: 0, anchor: 0 }

describe('the market of a local federation', () => {
  let directory: RunDirectory
  let chain: LocalChain
  let cast: Cast
  let scenario: ScenarioState
  let market: Market
  let investor: Investor
  let plan: FederationPlan

  beforeAll(async () => {
    const cwd = await mkdtemp(path.join(tmpdir(), 'fednode-market-'))
    directory = await createRunDirectory({ cwd, out: undefined, now: 0 })
    const base = exampleManifest(1)
    plan = {
      manifest: { ...base, rounds: { ...base.rounds, minSilos: 3, maxSilos: 3 } },
      validationFile: '',
      silos: NAMES.map((name) => ({ name, file: '', flippedShare: 0 })),
    }
    chain = await startLocalChain()
    cast = await createCast(plan, chain, directory)
    const federation = await createFederation(plan, chain, cast)
    for (const name of NAMES) await registerSilo(name, federation.scenario)
    const { account } = cast.federator
    await closeRegistration(account, { scenario: federation.scenario })
    scenario = await readScenario(account, {
      scenario: federation.scenario,
      orchestrator: chain.orchestrator,
    })
    market = createMarket(scenario, account)
    investor = createInvestor(cast, market)
  }, 60_000)

  afterAll(async () => {
    await chain?.stop()
    await rm(path.resolve(directory.root, '../../..'), { recursive: true })
  })

  const registerSilo = async (name: SiloName, address: `0x${string}`): Promise<void> => {
    const account = cast.silos.get(name)
    if (account === undefined) expect.unreachable(name)
    const { peerKey, account: owner } = await loadIdentity(directory.siloOf(name))
    const binding = signBinding({ peerKey, chainId: 31337, scenario: address, account: owner })
    const publicKey = `0x${Buffer.from(peerKey.publicKey).toString('hex')}` as const
    await register(account, { scenario: address, name, peerKey: publicKey, binding })
  }

  it('is played by fresh accounts, with keys that only their owner may read (T42, T59)', async () => {
    const accounts = [cast.federator.account, ...cast.silos.values(), cast.investor, cast.provider]
    const addresses = accounts.map(({ address }) => address)
    expect(new Set(addresses).size).toBe(NAMES.length + 3)
    expect(addresses.filter(isDevAccount)).toEqual([])
    for (const part of [directory.root, directory.aggregator, directory.siloOf('silo-a')]) {
      expect((await stat(part)).mode & 0o077).toBe(0)
    }
  })

  it('opens at the price of an even share of the rewards', async () => {
    await market.open(cast.provider)
    expect(market.prices.at(-1)).toMatchObject({ label: 'open' })
    const [first, ...rest] = market.prices.at(-1)?.prices ?? []
    expect(rest).toEqual([first, first])
  })

  it('gives a silo money for its tokens before round 1, which lowers their price', async () => {
    const before = market.priceOf('silo-b' as SiloName)
    const sale = await raiseCapital(plan, cast, market)
    expect(sale).toMatchObject({ actor: 'silo-b', action: 'sell', silo: 'silo-b', afterRound: 0 })
    expect(sale.tokens).toBe(50_000n * ONE_TOKEN)
    expect(market.priceOf('silo-b' as SiloName)).toBeLessThan(before)
  })

  it('lets the investor buy the token of the silo that contributed most', async () => {
    await playRound()
    const trade = await investor.invest({
      round: 1,
      metrics: { accuracy: 0.8 },
      loss: 1,
      contributions: NAMES.map((silo, index) => ({ silo, shapley: index, share: 0 })),
      seconds: SECONDS,
    })
    expect(trade).toMatchObject({ actor: 'investor', action: 'buy', silo: 'silo-c' })
    expect(trade.tokens).toBe(cast.stake)
  })

  const playRound = async (): Promise<void> => {
    const { account } = cast.federator
    const { address } = scenario
    const round = { scenario: address, round: 1 }
    await fundRound(account, { ...round, amount: parseAmount(plan.manifest.reward.perRound) })
    await assertRound(account, {
      ...round,
      shares: SHARES,
      evidenceRoot: DIGEST,
      modelDigest: DIGEST,
    })
    await sleep(1_100 * plan.manifest.reward.challengeSeconds)
    await finalizeRound(account, { ...round, shares: SHARES })
  }

  it('pays everybody, and the books balance to the wei', async () => {
    const sold = await investor.divest(1)
    expect(sold?.tokens).toBe(cast.stake / 2n)
    const { books, investorClaimed, providerClaimed, providerStake } = await settle(
      chain,
      cast,
      scenario,
    )
    expect(books.deposited).toBe(parseAmount(plan.manifest.reward.perRound))
    expect(books.claimed + books.claimable + books.carried + books.returned).toBe(books.deposited)
    // Dust only: less than a millionth of a coin.
    expect(books.carried).toBeLessThan(10n ** 12n)
    expect(investorClaimed).toBeGreaterThan(0n)
    expect(providerClaimed).toBeGreaterThan(0n)
    // The currency's half of the LP shares; a pool at its weights is worth twice its currency.
    expect(providerStake.share).toBeCloseTo(0.5, 6)
    const { tokens } = await readPool(cast.provider, { pool: scenario.pool })
    const currency = tokens[0]?.balance ?? 0n
    expect(Number(providerStake.value) / Number(currency)).toBeCloseTo(1, 6)
    expect(investor.outcome(investorClaimed)).toMatchObject({
      silo: 'silo-c',
      bought: cast.stake,
      sold: cast.stake / 2n,
      claimed: investorClaimed,
    })
    expect(chain.receipts.map(({ what }) => what)).toContain('investor claims rewards')
  })
})
