import { describe, expect, it } from 'vitest'
import { type Cid, digestOfCid } from '../../packages/protocol/src/index.ts'
import { booksOf, type ShownRound } from './books-of.ts'
import { linesOf } from './lines-of.ts'
import { useNetworkWorld } from './network-world.ts'

const NODES = ['north', 'south', 'east', 'west']
const ROUNDS = 2
const POOL = '2000'
const MIN_STAKE = '3000'
/** More: whoever is with the minority once stays. */
const STAKE = '4000'
/** Long: nobody waits for it but in a round in which a node is gone. */
const WINDOW = '120'
/** Each node is killed when its first vote is on its disk, and nothing of it on the chain. */
const KILL = { FEDNODE_DEBUG_FAULTS: 'kill@alliance.vote-journaled:1' }

describe('an alliance of four nodes on a local network', () => {
  const {
    onChain,
    dataOf,
    join: joinAs,
  } = useNetworkWorld({
    names: NODES,
    plan: ['--strategy', 'median'],
  })
  const terms = { what: '1', role: 'alliance', stake: STAKE, others: NODES }
  const join = (name: string, env = {}) => joinAs(name, terms, env)

  it('is founded, trains two rounds, and loses no vote when voters are killed with a vote on their disk (T44)', async () => {
    const windows = ['contribute', 'commit', 'reveal'].flatMap((one) => [
      `--${one}-seconds`,
      WINDOW,
    ])
    const drawn = ['--proposers', '2', '--voters', '2', '--min-participants', '4']
    const sizes = ['--rounds', String(ROUNDS), '--pool', POOL, '--min-stake', MIN_STAKE]
    const founding = ['alliance', 'create', 'federation.yaml', ...sizes, ...windows, ...drawn]
    expect(await onChain(...founding, '--dir', 'founder', '--yes')).toMatchObject({ id: '1' })

    let killed = 0
    const lives = await Promise.all(
      NODES.map(async (name) => {
        const cli = join(name, KILL)
        const code = await cli.code
        if (code !== null) return [cli]
        killed += 1
        const again = join(name)
        expect(await again.code, again.stderr()).toBe(0)
        return [cli, again]
      }),
    )
    expect(killed).toBeGreaterThanOrEqual(2)
    for (const life of lives) {
      const said = life.flatMap(linesOf)
      expect(said.at(-1)).toMatchObject({ type: 'finished', model: expect.any(String) })
    }

    const { rounds } = (await onChain('alliance', 'rounds', '1')) as { rounds: ShownRound[] }
    expect(rounds).toHaveLength(ROUNDS)
    for (const round of rounds) {
      expect(round.proposers.every(({ contribution }) => contribution !== undefined)).toBe(true)
      expect(round.voters.map(({ ballot }) => ballot?.digest)).toEqual([round.digest, round.digest])
    }
    expect(rounds[0]?.verdict).toBe('accepted')
    const { phase, pool, participants, model } = await onChain('alliance', 'status', '1')
    expect(phase).toBe('finished')
    // Each of them has the model for its own use, and a log of what it said.
    const exported = ['alliance:1', '--dir', 'north', '--out', 'trained.safetensors']
    const found = await dataOf('model', 'export', ...exported)
    expect(found).toMatchObject({ run: 'alliance:1', round: ROUNDS })
    expect(digestOfCid(found.model as Cid)).toBe(model)
    const { entries } = await dataOf('audit', 'export', '--dir', 'north')
    const said = (entries as { readonly kind: string }[]).filter(
      ({ kind }) => kind === 'transaction',
    )
    expect(said.length).toBeGreaterThanOrEqual(ROUNDS)

    // What the rounds gave and took, to the wei: what was given has been paid out, and waits for each in its position.
    const shown = participants as { readonly account: string; readonly stake: string }[]
    const accounts = shown.map(({ account }) => account)
    const expected = booksOf(rounds, { accounts, stake: tokens(STAKE), pool: tokens(POOL) })
    expect(pool).toBe(String(expected.pool))
    for (const name of NODES) {
      const { account, earned } = await onChain('stake', 'status', '--dir', name)
      const book = expected.books.get(String(account).toLowerCase())
      expect(BigInt(String(earned)), name).toBe(book?.earned)
      expect(shown.find((one) => one.account === String(account).toLowerCase())).toMatchObject({
        stake: String(book?.stake),
        earned: '0',
      })
    }
    const paid = [...expected.books.values()].reduce((sum, { earned }) => sum + earned, 0n)
    expect(paid).toBeGreaterThan(0n)
    expect(paid + expected.pool).toBe(tokens(POOL))
  })
})

function tokens(whole: string): bigint {
  return BigInt(whole) * 10n ** 18n
}
