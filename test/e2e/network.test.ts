import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processesOf } from './processes-of.ts'
import { startCli } from './start-cli.ts'

const ROUNDS = 2
const WEI = 10n ** 18n

describe('fednode up --network', () => {
  let directory: string

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fednode-network-'))
  })

  afterAll(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL')
    await rm(directory, { recursive: true, force: true })
  })

  it('tells a vote, an alliance of eight and a task of the arena, with books that agree to the wei', async () => {
    const args = ['up', '--network', '--rounds', String(ROUNDS), '--out', 'run', '--json']
    const cli = startCli(args, directory)
    expect(await cli.code, cli.stderr()).toBe(0)
    const { nodes, alliance, arena, governance, emission, penalties, report } = JSON.parse(
      cli.stdout(),
    ).data as Told
    expect(await processesOf(directory)).toEqual([])
    const told = cli
      .stderr()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type)
    expect(told.filter((type) => type === 'settled')).toHaveLength(ROUNDS)

    expect(governance).toMatchObject({ parameter: 'arena.locked', before: '9000', after: '8000' })
    expect(governance).toMatchObject({ state: 'executed', stakeReturned: String(10_000n * WEI) })
    const voted = (how: string): bigint =>
      sumOf(governance.ballots.filter(({ vote }) => vote === how).map(({ weight }) => weight))
    expect(voted('for')).toBe(BigInt(governance.votes.for))
    expect(voted('against')).toBe(BigInt(governance.votes.against))

    expect(alliance.rounds.map(({ verdict }) => verdict)).toContain('accepted')
    expect(alliance.rounds.at(-1)?.accuracy).toBeGreaterThan(0.6)
    expect(arena.models.map(({ name }) => name).toSorted()).toEqual([
      'trainer-few',
      'trainer-much',
      'trainer-wrong',
    ])
    expect(arena.models[0]).toMatchObject({ name: 'trainer-much', place: 1 })

    // Everybody's own books, by events, and by what the StakeManager holds for it.
    for (const { stakeBefore, stakeAfter, lost, earned, reported, received } of nodes) {
      expect(BigInt(stakeBefore) - BigInt(lost)).toBe(BigInt(stakeAfter))
      expect(BigInt(earned) + BigInt(reported)).toBe(BigInt(received))
      expect(BigInt(reported)).toBeGreaterThanOrEqual(0n)
    }
    const total = (of: (node: Node) => string, isAlly?: boolean): bigint =>
      sumOf(nodes.filter((node) => isAlly === undefined || isAllyOf(node) === isAlly).map(of))
    for (const [pot, isAlly] of [
      [alliance.pool, true],
      [arena.pot, false],
    ] as const) {
      expect(BigInt(pot.funded) + BigInt(pot.emitted)).toBe(BigInt(pot.earned) + BigInt(pot.left))
      expect(BigInt(pot.earned)).toBe(total(({ earned }) => earned, isAlly))
      expect(BigInt(pot.earned)).toBeGreaterThan(0n)
    }
    expect(sumOf(alliance.rounds.map(({ paid }) => paid))).toBe(BigInt(alliance.pool.earned))
    expect(sumOf(alliance.rounds.map(({ taken }) => taken))).toBe(total(({ lost }) => lost, true))
    expect(BigInt(emission.tasks) + BigInt(emission.treasury)).toBe(BigInt(emission.minted))
    expect(BigInt(alliance.pool.emitted) + BigInt(arena.pot.emitted)).toBeLessThanOrEqual(
      BigInt(emission.tasks),
    )
    const { slashed, fees, toReporters, toTreasury, burned } = penalties
    expect(sumOf([slashed, fees])).toBe(sumOf([toReporters, toTreasury, burned]))
    expect(BigInt(slashed)).toBe(total(({ lost }) => lost))

    // Whoever says the opposite of what it found is alone with it.
    const liar = nodes.find(({ name }) => name === 'ally-lies')
    expect(liar).toMatchObject({ attack: 'lying-votes', votes: { withMajority: 0 } })

    const page = await readFile(report, 'utf8')
    for (const { name } of nodes) expect(page).toContain(name)
    expect(page).toContain('90.00 % before, 80.00 % after')
    expect(page).toContain(`${(100 * (alliance.rounds.at(-1)?.accuracy ?? 0)).toFixed(1)} %`)
  })
})

type Node = {
  readonly name: string
  readonly role: string
  readonly attack: string | null
  readonly stakeBefore: string
  readonly stakeAfter: string
  readonly lost: string
  readonly earned: string
  readonly reported: string
  readonly received: string
  readonly votes: { readonly withMajority: number }
}
type Pot = {
  readonly funded: string
  readonly emitted: string
  readonly earned: string
  readonly left: string
}
type Told = {
  readonly nodes: readonly Node[]
  readonly alliance: {
    readonly rounds: readonly {
      readonly verdict: string
      readonly accuracy: number | null
      readonly paid: string
      readonly taken: string
    }[]
    readonly pool: Pot
  }
  readonly arena: {
    readonly models: readonly { readonly name: string; readonly place: number }[]
    readonly pot: Pot
  }
  readonly governance: {
    readonly votes: { readonly for: string; readonly against: string }
    readonly ballots: readonly { readonly vote: string; readonly weight: string }[]
  }
  readonly emission: { readonly minted: string; readonly tasks: string; readonly treasury: string }
  readonly penalties: Readonly<
    Record<'slashed' | 'fees' | 'toReporters' | 'toTreasury' | 'burned', string>
  >
  readonly report: string
}

function isAllyOf({ role }: Node): boolean {
  return role === 'alliance'
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
}
