import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainDifferences } from '../../packages/contracts/test/unit/indexer/support/chain-differences.ts'
import { currencyHeld } from '../../packages/contracts/test/unit/indexer/support/season/currency-held.ts'
import { eventCounts } from '../../packages/contracts/test/unit/indexer/support/season/event-counts.ts'
import { playSeason } from '../../packages/contracts/test/unit/indexer/support/season/play-season.ts'
import {
  ALL_CLIENTS,
  createSeason,
  endSeason,
  POT,
  SEASON_ROUNDS,
  type Season,
} from '../../packages/contracts/test/unit/indexer/support/season/season-cast.ts'
import {
  accountsOf,
  everybodyLeaves,
} from '../../packages/contracts/test/unit/indexer/support/season/season-market.ts'
import { wait } from '../../packages/contracts/test/unit/indexer/support/season/season-rounds.ts'

/** Rounds between two comparisons with the contracts. */
const LOOK_EVERY = 4
const STREAM_ENDS = 86_400n
/** 44 rounds until the federator vanishes, less the one that he gave up and the one that nobody decided. */
const SETTLED_ROUNDS = 42
/** Shares that nobody owns, locked at the opening. */
const LOCKED_HOLDER = '0x000000000000000000000000000000000000dEaD'

describe('a federation of 50 rounds and 20 clients, from its creation to its last wei', () => {
  let season: Season
  let returned: bigint
  const differences: string[] = []

  const compare = async (): Promise<void> => {
    await season.indexer.sync()
    const accounts = accountsOf(season).map(({ address }) => address)
    const rounds = SEASON_ROUNDS
    const found = await chainDifferences(season.anvil.rpcUrl, season.indexer, { accounts, rounds })
    differences.push(...found.differences)
  }

  beforeAll(async () => {
    season = await createSeason(':memory:')
    returned = await playSeason(season, async (_, round) => {
      if (round % LOOK_EVERY === 0) await compare()
    })
    await wait(season, STREAM_ENDS)
    await everybodyLeaves(season)
    await compare()
  }, 240_000)

  afterAll(() => endSeason(season))

  it('is, by its events alone, to the wei what the contracts say, all the way', () => {
    expect(differences).toEqual([])
  })

  it('had all of it: trades, liquidity, disputes lost, won and undecided, a pause, rounds void', async () => {
    const counts = await eventCounts(season)
    expect(counts.get('Swapped')).toBeGreaterThan(50)
    expect(counts.get('JoinedSingle')).toBe(14)
    expect(counts.get('ExitedSingle')).toBe(14)
    expect(counts.get('Joined')).toBe(2)
    expect(counts.get('Exited')).toBeGreaterThan(ALL_CLIENTS)
    expect(counts.get('Claimed')).toBeGreaterThan(ALL_CLIENTS)
    expect(counts.get('LpClaimed')).toBeGreaterThan(ALL_CLIENTS)
    expect(counts.get('RoundFinalized')).toBe(SETTLED_ROUNDS)
    expect(counts.get('RoundVoided')).toBe(SEASON_ROUNDS - SETTLED_ROUNDS)
    // One round in three pages, all others in one.
    expect(counts.get('StreamsUpdated')).toBe(SETTLED_ROUNDS + 2)
    expect(counts.get('RoundDisputed')).toBe(3)
    expect(counts.get('upheld: true')).toBe(1)
    expect(counts.get('upheld: false')).toBe(1)
    expect(counts.get('Paused')).toBe(1)
    expect(counts.get('Listed')).toBe(2)
    expect(counts.get('Delisted')).toBe(1)
  })

  it('ends with every round settled, everybody registered and every late client in the market', () => {
    const { phase, round, clients, reserves } = season.indexer.view()
    expect([phase, round]).toEqual(['closed', SEASON_ROUNDS])
    expect(clients).toHaveLength(ALL_CLIENTS)
    expect(reserves).toHaveLength(ALL_CLIENTS + 1)
    expect(reserves.filter(({ delisted }) => delisted)).toHaveLength(1)
  })

  it('balances: all that was deposited was paid out or given back, but for fractions of a wei', () => {
    const ledger = season.indexer.view().ledger()
    const { deposited, claimed, pots, streaming, unclaimed, carriedDust } = ledger
    expect(ledger.returned).toBe(returned)
    expect(returned).toBeGreaterThanOrEqual(POT)
    expect(pots).toBe(0n)
    expect(streaming).toBe(0n)
    expect(deposited).toBe(claimed + ledger.returned + unclaimed + carriedDust)
    expect(deposited).toBeGreaterThan(BigInt(SETTLED_ROUNDS) * POT)
  })

  it('owes nobody a wei who could claim it', () => {
    const view = season.indexer.view()
    const { pool } = season
    const owing = view.clients.flatMap((_, index) =>
      view.holders(index).filter((holder) => holder !== pool && view.owed(index, holder) > 0n),
    )
    expect(owing).toEqual([])
    const lps = view.lpHolders().filter((holder) => holder !== LOCKED_HOLDER)
    expect(lps.filter((holder) => view.lpOwed(holder) > 0n)).toEqual([])
  })

  it('leaves less than a wei per holder and token behind, beside the part of the locked shares', () => {
    const view = season.indexer.view()
    const holders = view.clients.reduce((sum, _, index) => sum + view.holders(index).length, 0)
    const { unclaimed, carriedDust } = view.ledger()
    const unpaid = unclaimed + carriedDust + view.dividendsHeld()
    // The last income of LPs leaves less than one unit of their accumulator, 2^-64 wei per share, for the next.
    const undivided = (view.lpSupply >> 64n) + 1n
    const slack = BigInt(holders + view.lpHolders().length) + undivided
    expect(unpaid - view.lpOwed(LOCKED_HOLDER)).toBeLessThanOrEqual(slack)
  })

  it('holds exactly the currency that its books say, by the currency of every transfer', async () => {
    const { reader, scenario, pool, world, indexer } = season
    const { currency } = world
    const view = indexer.view()
    const { deposited, claimed, bonds, ...ledger } = view.ledger()
    expect(await currencyHeld(reader, { currency, account: scenario })).toBe(
      deposited - claimed - ledger.returned + bonds,
    )
    expect(await currencyHeld(reader, { currency, account: pool })).toBe(
      (view.reserves[0]?.balance ?? 0n) + view.dividendsHeld(),
    )
  })

  it('keeps no bond but what the federator who vanished left behind', () => {
    const { indexer, federator, sceptic } = season
    const view = indexer.view()
    expect(view.bondCredit(federator.address)).toBeGreaterThan(0n)
    expect(view.ledger().bonds).toBe(
      view.bondCredit(federator.address) + view.bondCredit(sceptic.address),
    )
  })

  it('has handed out every token exactly once', () => {
    const view = season.indexer.view()
    for (const [index, { supply }] of view.clients.entries()) {
      const held = view.holders(index).map((holder) => view.balance(index, holder))
      expect(held.reduce((sum, one) => sum + one, 0n)).toBe(supply)
    }
    const shares = view.lpHolders().map((holder) => view.lpBalance(holder))
    expect(shares.reduce((sum, one) => sum + one, 0n)).toBe(view.lpSupply)
  })
})
