import { describe, expect, it } from 'vitest'
import { linesOf } from './lines-of.ts'
import { useNetworkWorld } from './network-world.ts'

const NODES = ['north', 'south', 'east', 'west']
const ROUNDS = 2
const MIN_STAKE = '3000'
/** More: whoever is with the minority once stays. */
const STAKE = '4000'
/** Long: nobody waits for it but in a round in which a node is gone. */
const WINDOW = '120'
/** Each node is killed when its first vote is on its disk, and nothing of it on the chain. */
const KILL = { FEDNODE_DEBUG_FAULTS: 'kill@alliance.vote-journaled:1' }

describe('an alliance of four nodes on a local network', () => {
  const { onChain, join: joinAs } = useNetworkWorld({
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
    const sizes = ['--rounds', String(ROUNDS), '--pool', '2000', '--min-stake', MIN_STAKE]
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

    const { rounds } = await onChain('alliance', 'rounds', '1')
    expect(rounds).toHaveLength(ROUNDS)
    for (const round of rounds as Round[]) {
      expect(round.proposers.every(({ contribution }) => contribution !== undefined)).toBe(true)
      expect(round.voters.map(({ ballot }) => ballot?.digest)).toEqual([round.digest, round.digest])
    }
    expect((rounds as Round[])[0]?.verdict).toBe('accepted')
    const { phase, participants } = await onChain('alliance', 'status', '1')
    expect(phase).toBe('finished')
    // Nobody was penalised, and all were paid into their stakes.
    const stakes = (participants as { readonly stake: string }[]).map(({ stake }) => BigInt(stake))
    expect(stakes.every((stake) => stake >= BigInt(MIN_STAKE) * 10n ** 18n)).toBe(true)
  })
})

type Round = {
  readonly verdict: string
  readonly digest: string
  readonly proposers: readonly { readonly contribution?: string }[]
  readonly voters: readonly { readonly ballot?: { readonly digest: string } }[]
}
