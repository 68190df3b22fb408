import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assertionBond,
  type BondBook,
  bondsHeld,
  createBondBook,
  decideDispute,
  disputeBond,
  releaseStakes,
  stakeAssertion,
  stakeDispute,
  withdrawBond,
} from '../../../src/model/bonds.ts'

const BOND = 101n
const ROOM = 10n ** 30n

function disputed(book: BondBook = createBondBook(BOND)): BondBook {
  return stakeDispute(stakeAssertion(book, 'federator').book, 'watcher').book
}

describe('the model of the bonds', () => {
  it('gives half of a lost bond, rounded down, to the winner and the rest to the pot', () => {
    const upheld = decideDispute(disputed(), { upheld: true, room: ROOM })
    expect([upheld.award, upheld.toPot]).toEqual([50n, 51n])
    expect(upheld.book.credits.get('federator')).toBe(50n)
    expect(releaseStakes(upheld.book).credits.get('federator')).toBe(151n)
    const struck = decideDispute(disputed(), { upheld: false, room: ROOM })
    expect([struck.award, struck.toPot]).toEqual([50n, 51n])
    expect(struck.book.credits.get('watcher')).toBe(151n)
    expect(struck.book.credits.get('federator')).toBe(0n)
  })

  it('gives all of it to the winner when the Scenario has no room for deposits', () => {
    const decided = decideDispute(disputed(), { upheld: false, room: 50n })
    expect([decided.award, decided.toPot]).toEqual([101n, 0n])
    expect(decideDispute(disputed(), { upheld: false, room: 51n }).toPot).toBe(51n)
  })

  it('doubles the assertion after every struck one, at most six times, until the round ends', () => {
    let book = createBondBook(1n)
    const costs: bigint[] = []
    for (let i = 0; i < 8; i += 1) {
      costs.push(assertionBond(book))
      book = decideDispute(disputed(book), { upheld: false, room: ROOM }).book
    }
    expect(costs).toEqual([1n, 2n, 4n, 8n, 16n, 32n, 64n, 64n])
    expect(assertionBond(releaseStakes(book))).toBe(1n)
  })

  it('asks a dispute for no less than the assertion that it attacks', () => {
    const struck = decideDispute(disputed(createBondBook(5n)), { upheld: false, room: ROOM }).book
    expect(disputeBond(struck)).toBe(5n)
    expect(disputeBond(stakeAssertion(struck, 'federator').book)).toBe(10n)
  })

  it('doubles the dispute after every failed one, at most six times, and halves it by every quiet round', () => {
    let book = createBondBook(1n)
    const costs: bigint[] = []
    for (let i = 0; i < 8; i += 1) {
      costs.push(disputeBond(book))
      book = releaseStakes(decideDispute(disputed(book), { upheld: true, room: ROOM }).book)
    }
    expect(costs).toEqual([1n, 2n, 4n, 8n, 16n, 32n, 64n, 64n])
    const afterDispute = releaseStakes(disputed(book))
    expect(disputeBond(afterDispute)).toBe(64n)
    const quiet = releaseStakes(stakeAssertion(afterDispute, 'federator').book)
    expect(disputeBond(quiet)).toBe(32n)
    expect(disputeBond(releaseStakes(createBondBook(1n)))).toBe(1n)
  })

  it('gives both stakes back when nobody decides', () => {
    const book = releaseStakes(disputed())
    expect([...book.credits]).toEqual([
      ['federator', BOND],
      ['watcher', BOND],
    ])
  })

  it('takes a stake from the credit first', () => {
    const { book } = decideDispute(disputed(), { upheld: false, room: ROOM })
    // 151 of credit: enough for the dispute of another round's assertion, not for one of this round's, which costs 202.
    const next = stakeAssertion(releaseStakes(book), 'federator').book
    const again = stakeDispute(next, 'watcher')
    expect([again.pulled, again.book.credits.get('watcher')]).toEqual([0n, 50n])
    const now = stakeDispute(stakeAssertion(book, 'federator').book, 'watcher')
    expect([now.pulled, now.book.credits.get('watcher')]).toEqual([51n, 0n])
    expect(withdrawBond(again.book, 'watcher')).toMatchObject({ paid: 50n })
    expect(withdrawBond(again.book, 'stranger').paid).toBe(0n)
  })

  it('refuses a dispute of nothing, a second one, and one without bonds', () => {
    expect(() => stakeDispute(createBondBook(BOND), 'watcher')).toThrow('dispute has nothing')
    expect(() => stakeDispute(stakeAssertion(createBondBook(0n), 'f').book, 'w')).toThrow(
      'dispute has nothing',
    )
    const upheld = decideDispute(disputed(), { upheld: true, room: ROOM }).book
    expect(() => stakeDispute(upheld, 'watcher')).toThrow('dispute has nothing')
    expect(() => decideDispute(upheld, { upheld: true, room: ROOM })).toThrow('resolve has nothing')
  })

  it('keeps what was pulled: held, paid out or in pots', () => {
    const step = fc.record({
      upheld: fc.option(fc.boolean()),
      ends: fc.boolean(),
      room: fc.bigInt({ min: 0n, max: 300n }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let book = createBondBook(BOND)
        let [pulled, toPots, paid] = [0n, 0n, 0n]
        for (const { upheld, ends, room } of steps) {
          const asserted = stakeAssertion(book, 'federator')
          const opened = stakeDispute(asserted.book, 'watcher')
          pulled += asserted.pulled + opened.pulled
          const verdict = upheld === null ? null : decideDispute(opened.book, { upheld, room })
          toPots += verdict?.toPot ?? 0n
          book = verdict?.book ?? opened.book
          if (upheld !== false || ends) book = releaseStakes(book)
          const out = withdrawBond(book, ends ? 'watcher' : 'federator')
          book = out.book
          paid += out.paid
          expect(pulled).toBe(bondsHeld(book) + toPots + paid)
        }
      }),
    )
  })
})
