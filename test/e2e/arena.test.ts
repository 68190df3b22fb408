import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import {
  advanceTime,
  type ChainAccount,
  commitScores,
  connectAccount,
  joinTask,
  readBeaconRound,
  readNetwork,
  readSeat,
  readTask,
  revealScores,
  scoreCommitment,
  setBalance,
  stake,
} from '../../packages/contracts/src/index.ts'
import { ARENA_JOURNAL_FILE } from '../../packages/node/src/arena/arena-journal.ts'
import { LOCAL_NETWORK } from '../../packages/node/src/chain/local-network.ts'
import { scenarioPaths } from '../../packages/node/src/runtime/scenario-directory.ts'
import {
  makeSlasher,
  slashValidator,
} from '../../packages/node/test/unit/commands/network-world.ts'
import { taskScope } from '../../packages/protocol/src/index.ts'
import { linesOf } from './lines-of.ts'
import { lineOf, useNetworkWorld } from './network-world.ts'

const NODES = ['north', 'south']
const HONEST = ['east', 'west', 'center']
/** Who scores without looking: the one always the same, the other anything. Accounts without a daemon. */
const OTHERS = { lazy: [5_000, 5_000], random: [913, 3_371] } as const
const ONE_TOKEN = 10n ** 18n
/** A validator whose stake is slashed before the first draw, and IStakeManager's reason that takes all of it. */
const POOR = 'poor'
const EQUIVOCATION = 3
/** Seconds: long, and short for the beacon, which signs every round of a time that the test skips. */
const WINDOW = '180'
const STAKE = 4_000n
/** Native coin for a few rounds, wei: less than what nobody is warned of. */
const LITTLE_GAS = 9_000_000_000_000_000n
/** Less than the rows of a node take. */
const ROWS_IN_A_FILE = { FEDNODE_MEMORY_LIMIT: '1KiB' }
/** The first validator is killed when its scores are on its disk, and nothing of them on the chain. */
const KILL = { FEDNODE_DEBUG_FAULTS: 'kill@arena.vote-journaled:1' }
const SALT = `0x${'5a'.repeat(32)}` as const

describe('a task of the arena on a local network', () => {
  const names = [...NODES, ...HONEST, POOR, ...Object.keys(OTHERS)]
  const world = useNetworkWorld({ names, plan: [] })
  const { onChain } = world
  const terms = { what: 'arena:1', stake: String(STAKE), others: NODES }
  const join = (name: string, role: string, env = {}) => world.join(name, { ...terms, role }, env)

  const accountOf = async (name: string): Promise<ChainAccount> => {
    const privateKey = await readFile(path.join(world.directory, name, 'account.key'), 'utf8')
    return connectAccount({ rpcUrl: world.rpc, privateKey: privateKey.trim() as `0x${string}` })
  }

  it('pays honest validators, and not who did not look; loses no vote of one that is killed (T44)', async () => {
    const creator = ['--role', 'task-creator', '--task', 'arena:0', '--dir', 'founder', '--yes']
    await onChain('stake', 'add', '4000', ...creator)
    const times = ['submit', 'commit', 'reveal'].flatMap((one) => [`--${one}-time`, WINDOW])
    const about = ['--metric', 'accuracy', '--seats', '5', '--pot', '1000', ...times]
    const posing = ['task', 'create', 'federation.yaml', ...about, '--dir', 'founder', '--yes']
    expect(await onChain(...posing)).toMatchObject({ name: 'arena:1' })

    const founder = await accountOf('founder')
    const { contracts } = await readNetwork(founder, { directory: LOCAL_NETWORK })
    const { registry, stakeManager } = contracts
    const task = (BigInt(registry) << 96n) | 1n
    const now = async () => {
      const found = await readTask(founder, { registry, task })
      if (found === undefined) throw new TypeError('no task')
      return found
    }
    const others = await Promise.all(
      Object.entries(OTHERS).map(async ([name, scores]) => {
        const account = await accountOf(name)
        const position = { stakeManager, role: 'validator', task } as const
        await stake(account, { ...position, amount: STAKE * ONE_TOKEN })
        const peer = { peerKey: `0x${'12'.repeat(32)}`, binding: new Uint8Array(64) } as const
        await joinTask(account, { registry, task, role: 'validator', ...peer })
        return { account, scores }
      }),
    )

    const nodes = NODES.map((name) => join(name, 'arena-node', ROWS_IN_A_FILE))
    for (const node of nodes) await lineOf(node, 'submitted')
    const [victim = '', ...spared] = HONEST
    const killed = join(victim, 'arena-validator', KILL)
    const [frugal = ''] = spared
    const { address } = await accountOf(frugal)
    await setBalance(founder, { address, amount: LITTLE_GAS })
    const validators = spared.map((name) => join(name, 'arena-validator', ROWS_IN_A_FILE))
    const poor = join(POOR, 'arena-validator')
    for (const one of [killed, poor, ...validators]) await lineOf(one, 'listening')
    for (const one of validators.slice(0, 1)) await lineOf(one, 'gas-low')
    await makeSlasher(founder)
    const { address: operator } = await accountOf(POOR)
    await slashValidator(founder, { operator, task, reason: EQUIVOCATION })
    expect(await poor.code).toBe(3)
    expect(linesOf(poor).at(-1)).toMatchObject({ status: 'error', error: { code: 'STAKE_GONE' } })
    await advanceTime(founder, BigInt((await now()).deadline))

    while ((await now()).phase === 'submitting') await pause()
    const { beacon } = contracts
    const { dueAt } = await readBeaconRound(founder, { beacon, round: (await now()).beaconRound })
    await advanceTime(founder, BigInt(dueAt))
    while ((await now()).phase !== 'voting') await pause()
    for (const { account, scores } of others) {
      const { seat } = await seatOf(account, { registry, task })
      const place = { chainId: account.chainId, registry, task, round: 1, salt: SALT }
      const vote = { ...place, validator: account.address, scores }
      await commitScores(account, { registry, task, seat, commitment: scoreCommitment(vote) })
    }
    expect(await killed.code).toBeNull()
    const journal = path.join(
      scenarioPaths(path.join(world.directory, victim), taskScope(task)).directory,
      ARENA_JOURNAL_FILE,
    )
    const mend = await damageVote(journal)
    const damaged = join(victim, 'arena-validator')
    expect(await damaged.code).toBe(6)
    const message = expect.stringContaining(journal)
    const error = {
      code: 'BALLOT_JOURNAL_CORRUPT',
      message,
      hint: expect.stringContaining('Restore'),
    }
    expect(linesOf(damaged).at(-1)).toMatchObject({ status: 'error', error })
    await mend()
    validators.push(join(victim, 'arena-validator'))
    for (const one of validators) await lineOf(one, 'committed')
    await advanceTime(founder, BigInt((await now()).deadline))
    for (const { account, scores } of others) {
      const { seat } = await seatOf(account, { registry, task })
      await revealScores(account, { registry, task, seat, scores, salt: SALT })
    }
    for (const one of [...nodes, ...validators]) expect(await one.code, one.stderr()).toBe(0)

    const shown = await onChain('task', 'show', 'arena:1')
    expect(shown).toMatchObject({ phase: 'finished' })
    const [round] = shown.rounds as [Round]
    expect(round.models.map(({ place }) => place).toSorted()).toEqual([1, 2])
    expect(round.models.every(({ reward }) => BigInt(reward) > 0n)).toBe(true)
    const lost = others.map(({ account }) => account.address)
    for (const { validator, scores, reward } of round.validators) {
      expect(scores).toHaveLength(2)
      if (lost.includes(validator)) expect(reward).toBe('0')
      else expect(BigInt(reward)).toBeGreaterThan(0n)
    }
    expect(await onChain('task', 'close', 'arena:1', '--dir', 'founder', '--yes')).toMatchObject({
      name: 'arena:1',
    })
    await Promise.all([founder, ...others.map(({ account }) => account)].map((one) => one.close()))
  })
})

type Round = {
  readonly models: readonly { readonly place: number; readonly reward: string }[]
  readonly validators: readonly {
    readonly validator: `0x${string}`
    readonly scores?: readonly number[]
    readonly reward: string
  }[]
}

async function seatOf(
  account: ChainAccount,
  place: { readonly registry: `0x${string}`; readonly task: bigint },
): Promise<{ readonly seat: number }> {
  const seat = await readSeat(account, { ...place, round: 1, validator: account.address })
  if (seat === undefined) throw new TypeError('no seat')
  return seat
}

/** Damages the vote in a journal that no process uses. @returns puts it back as it was. */
async function damageVote(journal: string): Promise<() => Promise<void>> {
  const write = (sql: string): void => {
    const database = new DatabaseSync(journal)
    database.exec(sql)
    database.close()
  }
  const copy = `${journal}.copy`
  write('PRAGMA wal_checkpoint(TRUNCATE)')
  await copyFile(journal, copy)
  write("UPDATE vote SET salt = '0x12'")
  return () => copyFile(copy, journal)
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50))
}
