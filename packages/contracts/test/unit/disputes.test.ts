import { type Address, type Hex, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  advanceTime,
  assertRound,
  type ChainAccount,
  closeRegistration,
  connectChain,
  deployAttesterResolver,
  dispute,
  dryRun,
  finalizeRound,
  fundRound,
  giveEvidence,
  ONE_TOKEN,
  readAttesters,
  readBooks,
  readPortfolio,
  readScenario,
  type SignedDecision,
  settleDispute,
  sharesHash,
  signVerdict,
  startAnvil,
  withdrawBond,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs, type World } from '../support/federation.ts'

const WINDOW = 3_600
const BOND = 50n * ONE_TOKEN
const DIGEST: Hex = `0x${'11'.repeat(32)}`
const LIE = [9, 1]
const TRUTH = [1, 9]

// One federation from a lie to its settlement: each test goes on where the one before it ended.
describe('a disputed round', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let resolver: Address
  let attesters: readonly ChainAccount[]
  let disputer: ChainAccount
  let stranger: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    const reader = await connectChain({ rpcUrl: anvil.rpcUrl })
    world = await createWorld(reader)
    attesters = await Promise.all(['ann', 'bob', 'cyd'].map((who) => accountOf(reader, who)))
    disputer = await accountOf(reader, 'disputer')
    stranger = await accountOf(reader, 'stranger')
    await mint(world, disputer.address)
    ;({ address: resolver } = await deployAttesterResolver(world.federator, {
      attesters: attesters.map(({ address }) => address),
      threshold: 2,
    }))
    const terms = { challengeWindow: WINDOW, bond: BOND, resolver }
    ;({ scenario } = await newScenario(world, terms))
    await registerAs(world, { scenario, name: 'alpha' })
    await registerAs(world, { scenario, name: 'beta' })
    await closeRegistration(world.federator, { scenario })
    await fundRound(world.federator, { scenario, round: 1, amount: 100n * ONE_TOKEN })
  }, 60_000)

  afterAll(() => anvil?.stop())

  const state = () => readScenario(world.reader, { scenario })
  const anchor = (shares: readonly number[]) => ({
    ...{ scenario, round: 1, shares },
    evidenceRoot: DIGEST,
    modelDigest: DIGEST,
  })
  const accuse = { round: 1, evidence: DIGEST }
  const hashOf = (shares: readonly number[]) =>
    sharesHash({ chainId: world.reader.chainId, scenario, round: 1, shares })
  const decision = (upheld: boolean, shares = LIE): SignedDecision => ({
    ...{ scenario, round: 1, resolver, upheld },
    sharesHash: hashOf(shares),
  })
  const verdictsOf = (who: readonly ChainAccount[], said: SignedDecision) =>
    Promise.all(who.map((attester) => signVerdict(attester, said)))
  const creditOf = async ({ address }: ChainAccount) =>
    (await readPortfolio(world.reader, { scenario, holder: address })).bondCredit
  const windowOver = async () => {
    const { assertion } = await state()
    await advanceTime(world.reader, assertion?.resolvableAt ?? 0n)
  }
  const expectBalance = async () => {
    const books = await readBooks(world.reader, { scenario })
    expect(books.held).toBe(books.owedByScenario)
    expect(books.deposited).toBe(books.claimed + books.claimable + books.returned + books.carried)
    return books
  }

  it('has the attesters who decide', async () => {
    expect(await readAttesters(world.reader, { resolver })).toEqual({
      attesters: attesters.map(({ address }) => address),
      threshold: 2n,
    })
  })

  it('is anchored with a stake, of which nothing stays approved', async () => {
    const dry = await dryRun(world.federator, (as) => assertRound(as, anchor(LIE)))
    expect(dry.transactions.map(({ approval }) => approval?.amount)).toEqual([BOND, undefined])
    expect(await assertRound(world.federator, anchor(LIE))).toMatchObject({ bond: BOND })
    const { phase, assertion, struckDown, bonds } = await state()
    expect({ phase, struckDown, bonds }).toEqual({
      phase: 'asserted',
      struckDown: 0,
      bonds: { assertion: BOND, dispute: BOND },
    })
    expect(assertion).toMatchObject({ sharesHash: hashOf(LIE), bond: BOND, disputer: null })
    expect(await expectBalance()).toMatchObject({ bonds: BOND, deposited: 100n * ONE_TOKEN })
  })

  it('is frozen by a dispute with an equal stake', async () => {
    const none = signVerdict(attesters[0] ?? stranger, { ...decision(false), round: 2 })
    await expect(none).rejects.toMatchObject({ code: 'NOT_IN_DISPUTE' })
    const { bond, resolvableAt } = await dispute(disputer, { scenario, ...accuse })
    expect(bond).toBe(BOND)
    const { phase, assertion } = await state()
    expect(phase).toBe('disputed')
    expect(assertion).toMatchObject({ disputer: disputer.address, disputeBond: BOND, resolvableAt })
    await giveEvidence(world.federator, { scenario, ...accuse })
    await giveEvidence(disputer, { scenario, ...accuse })
    await expect(giveEvidence(stranger, { scenario, ...accuse })).rejects.toMatchObject({
      code: 'NOT_PARTY',
    })
    const again = dispute(disputer, { scenario, ...accuse })
    await expect(again).rejects.toMatchObject({ code: 'WRONG_PHASE' })
    const settled = finalizeRound(stranger, { scenario, round: 1, shares: LIE })
    await expect(settled).rejects.toMatchObject({ message: expect.stringContaining('in dispute') })
  })

  it('is decided by enough verdicts of attesters for what is anchored, and not before both sides had their time', async () => {
    const said = decision(false)
    const verdicts = await verdictsOf(attesters.slice(0, 2), said)
    const settle = (changes: object) => settleDispute(stranger, { ...said, verdicts, ...changes })
    await expect(settle({})).rejects.toMatchObject({ code: 'EVIDENCE_WINDOW_RUNNING' })
    await windowOver()
    const [first, second] = verdicts
    const strange = await signVerdict(stranger, said)
    const cases: [object, string][] = [
      [{ verdicts: [first] }, 'TOO_FEW_VERDICTS'],
      [{ verdicts: [first, first] }, 'SIGNERS_UNSORTED'],
      [{ verdicts: [first, strange] }, 'UNKNOWN_ATTESTER'],
      [{ verdicts: [first, { ...second, signature: first?.signature }] }, 'SIGNATURE_INVALID'],
      [{ upheld: true }, 'SIGNATURE_INVALID'],
      [{ round: 2 }, 'NOT_IN_DISPUTE'],
    ]
    for (const [changes, code] of cases) {
      await expect(settle(changes), code).rejects.toMatchObject({ code })
    }
    expect((await state()).phase).toBe('disputed')
  })

  it('is open again once it is struck down, and the liar pays', async () => {
    const said = decision(false)
    const verdicts = await verdictsOf(attesters.slice(1), said)
    const resolved = await settleDispute(stranger, {
      ...said,
      // In whatever order they were collected.
      verdicts: verdicts.toReversed(),
    })
    expect(resolved).toMatchObject({
      winner: disputer.address,
      award: BOND / 2n,
      toPot: BOND / 2n,
    })
    const { phase, struckDown, bonds, assertion } = await state()
    expect({ phase, struckDown, assertion }).toEqual({
      phase: 'open',
      struckDown: 1,
      assertion: null,
    })
    expect(bonds).toEqual({ assertion: 2n * BOND, dispute: BOND })
    expect(await creditOf(disputer)).toBe(BOND + BOND / 2n)
    expect(await creditOf(world.federator)).toBe(0n)
    expect(await expectBalance()).toMatchObject({ deposited: 125n * ONE_TOKEN })
  })

  it('serves no old verdict, and stakes what is free before it takes more', async () => {
    const old = await verdictsOf(attesters.slice(0, 2), decision(false)).catch((error) => error)
    expect(old).toMatchObject({ code: 'NOT_IN_DISPUTE' })
    expect(await assertRound(world.federator, anchor(TRUTH))).toMatchObject({ bond: 2n * BOND })
    // As much as the assertion that it attacks.
    expect((await state()).bonds.dispute).toBe(2n * BOND)
    const missing = 2n * BOND - (await creditOf(disputer))
    const dry = await dryRun(disputer, (as) => dispute(as, { scenario, ...accuse }))
    expect(dry.transactions.map(({ approval }) => approval?.amount)).toEqual([missing, undefined])
    expect(await dispute(disputer, { scenario, ...accuse })).toMatchObject({ bond: 2n * BOND })
    expect(await creditOf(disputer)).toBe(0n)
    const lie = signVerdict(attesters[0] ?? stranger, decision(false))
    await expect(lie).rejects.toMatchObject({ code: 'OTHER_ASSERTION' })
  })

  it('is final at once when it is upheld', async () => {
    await windowOver()
    const said = decision(true, TRUTH)
    const verdicts = await verdictsOf(attesters, said)
    const resolved = await settleDispute(stranger, { ...said, verdicts })
    expect(resolved).toMatchObject({ winner: world.federator.address, award: BOND, toPot: BOND })
    const settled = await finalizeRound(stranger, { scenario, round: 1, shares: TRUTH })
    expect(settled).toMatchObject({ voided: false, pot: 175n * ONE_TOKEN })
    // Its own stake, and half of the other one.
    expect(await creditOf(world.federator)).toBe(3n * BOND)
    expect((await state()).bonds).toEqual({ assertion: BOND, dispute: 2n * BOND })
    await expectBalance()
  })

  it('leaves bonds to be staked again or withdrawn, once', async () => {
    const next = { ...anchor(TRUTH), round: 2 }
    const dry = await dryRun(world.federator, (as) => assertRound(as, next))
    expect(dry.transactions.map(({ approval }) => approval)).toEqual([null])
    expect(await withdrawBond(disputer, { scenario })).toBeNull()
    const { federator } = world
    expect(await withdrawBond(federator, { scenario })).toMatchObject({ amount: 3n * BOND })
    expect(await withdrawBond(federator, { scenario })).toBeNull()
    expect(await expectBalance()).toMatchObject({ bonds: 0n })
  })

  it('cannot be disputed too late, nor in a federation without bonds', async () => {
    await assertRound(world.federator, { ...anchor(TRUTH), round: 2 })
    const { finalizableAt } = await state()
    await advanceTime(world.reader, finalizableAt)
    const late = dispute(disputer, { scenario, ...accuse, round: 2 })
    await expect(late).rejects.toMatchObject({ code: 'DISPUTE_TOO_LATE' })
    const free = await newScenario(world, { challengeWindow: WINDOW })
    await registerAs(world, { scenario: free.scenario, name: 'alpha' })
    await registerAs(world, { scenario: free.scenario, name: 'beta' })
    await closeRegistration(world.federator, free)
    await assertRound(world.federator, { ...anchor(TRUTH), scenario: free.scenario })
    const none = dispute(disputer, { scenario: free.scenario, ...accuse })
    await expect(none).rejects.toMatchObject({ code: 'NO_DISPUTES' })
    const { params, bonds } = await readScenario(world.reader, { scenario: free.scenario })
    expect([params.resolver, bonds.assertion]).toEqual([zeroAddress, 0n])
  })

  it('is not asserted before it holds what its schedule says', async () => {
    const schedule = { firstPot: 8n * ONE_TOKEN, potRatio: ONE_TOKEN / 2n }
    const held = await newScenario(world, schedule)
    await registerAs(world, { scenario: held.scenario, name: 'alpha' })
    await registerAs(world, { scenario: held.scenario, name: 'beta' })
    await closeRegistration(world.federator, held)
    const try_ = (round: number) =>
      assertRound(world.federator, { ...anchor(TRUTH), round, scenario: held.scenario })
    await expect(try_(1)).rejects.toMatchObject({
      code: 'POT_BELOW_SCHEDULE',
      message: expect.stringContaining('asks for 8'),
    })
    for (const [round, pot] of [
      [1, 8n],
      [2, 4n],
    ] as const) {
      const { scheduledPot } = await readScenario(world.reader, { scenario: held.scenario })
      expect(scheduledPot).toBe(pot * ONE_TOKEN)
      const part = { scenario: held.scenario, round, amount: scheduledPot }
      await fundRound(world.federator, part)
      await try_(round)
      await finalizeRound(stranger, { scenario: held.scenario, round, shares: TRUTH })
    }
  })

  it('refuses a set of attesters that is none', async () => {
    const [first = stranger] = attesters
    const { address } = first
    for (const set of [
      { attesters: [], threshold: 1 },
      { attesters: [address, address], threshold: 2 },
      { attesters: [address, stranger.address], threshold: 1 },
      { attesters: [address, zeroAddress], threshold: 2 },
    ]) {
      await expect(deployAttesterResolver(stranger, set)).rejects.toMatchObject({
        code: 'ATTESTERS_INVALID',
      })
    }
  })
})
