import path from 'node:path'
import { silentLogger, UserError } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import type { AllianceChain } from '../../../src/alliance/alliance-chain.ts'
import { auditedAlliance } from '../../../src/alliance/audited-alliance.ts'
import type { ArenaChain } from '../../../src/arena/arena-chain.ts'
import { auditedArena } from '../../../src/arena/audited-arena.ts'
import type { AuditEntry } from '../../../src/audit/audit-entry.ts'
import { type AuditLog, openAuditLog } from '../../../src/audit/open-audit-log.ts'
import { readAuditLog } from '../../../src/audit/read-audit-log.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const CONTRACT = `0x${'Ab'.repeat(20)}`
const hex = (digit: string) => `0x${digit.repeat(64)}` as const
const SALT = hex('5')

const open = (file: string) =>
  openAuditLog(file, { nameOf: () => 'model', now: () => 0, logger: silentLogger })

async function entriesOf(file: string): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = []
  await readAuditLog(file, (entry) => entries.push(entry))
  return entries
}

/** A chain in its second round, unless a test says otherwise, that notes what reaches it. */
function chainOf(sent: string[], paid: readonly bigint[] = [], at = { round: 2 }) {
  const left = [...paid]
  const takes = (name: string) => async () => void sent.push(name)
  return {
    ...{ state: async () => ({ ...at }), task: async () => ({ ...at }) },
    ...{
      contribute: takes('contribute'),
      commitVote: takes('commit'),
      revealVote: takes('reveal'),
    },
    ...{ submit: takes('submit'), commit: takes('commit'), reveal: takes('reveal') },
    claim: async () => left.shift() ?? 0n,
  }
}

const FULL: AuditLog = {
  record: async () => {
    throw new UserError('data', 'the disk is full', { code: 'AUDIT_WRITE_FAILED' })
  },
  close: async () => {},
}

const ballot = { digest: hex('3'), score: 1, approved: 1n, lossBefore: 2n, lossAfter: 1n } as const

describe('the audit log of who takes part', () => {
  it('has what a member of an alliance says and is paid, once, also over a restart', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    for (const life of [1, 2]) {
      const log = await open(file)
      const raw = chainOf([], life === 1 ? [7n, 7n] : []) as unknown as AllianceChain
      const chain = auditedAlliance(raw, log, CONTRACT)
      await chain.state()
      await chain.contribute(0, hex('1'))
      await chain.commitVote(0, hex('2'))
      await chain.revealVote(0, ballot, SALT)
      await chain.claim()
      await chain.claim()
      await log.close()
    }
    const to = CONTRACT.toLowerCase()
    const facts = (await entriesOf(file)).map(({ kind, what, round, id, bytes, to }) => [
      ...[kind, what, round, id, bytes, to],
    ])
    expect(facts).toEqual([
      ['transaction', 'contribution', 2, hex('1'), 0, to],
      ['transaction', 'commitment', 2, hex('2'), 0, to],
      ['transaction', 'vote', 2, hex('3'), 0, to],
      ['transaction', 'payment', 2, '7', 0, to],
      ['transaction', 'payment', 2, '7', 0, to],
    ])
  })

  it('has what a member of a task says, and of scores a digest only', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    const log = await open(file)
    const chain = auditedArena(chainOf([], [9n]) as unknown as ArenaChain, log, CONTRACT)
    await chain.task()
    await chain.submit(hex('1'))
    await chain.commit(0, hex('2'))
    await chain.reveal(0, { scores: [9_000, 65_535], salt: SALT })
    await chain.claim()
    await log.close()
    const entries = await entriesOf(file)
    expect(entries.map(({ what }) => what)).toEqual(['model', 'commitment', 'scores', 'payment'])
    expect(JSON.stringify(entries)).not.toContain('9000')
    expect(entries[2]?.id).toMatch(/^0x[0-9a-f]{64}$/)
  })

  it('has the same scores again in another round, and a vote for what was contributed', async () => {
    const file = path.join(temporaryDirectory(), 'audit.jsonl')
    const log = await open(file)
    const at = { round: 1 }
    const arena = auditedArena(chainOf([], [], at) as unknown as ArenaChain, log, CONTRACT)
    for (const round of [1, 1, 2]) {
      at.round = round
      await arena.task()
      await arena.reveal(0, { scores: [1], salt: SALT })
    }
    const alliance = auditedAlliance(chainOf([]) as unknown as AllianceChain, log, CONTRACT)
    await alliance.state()
    await alliance.contribute(0, ballot.digest)
    await alliance.revealVote(0, ballot, SALT)
    await log.close()
    expect((await entriesOf(file)).map(({ what, round }) => [what, round])).toEqual([
      ['scores', 1],
      ['scores', 2],
      ['contribution', 2],
      ['vote', 2],
    ])
  })

  it('lets nothing out that it cannot write down', async () => {
    const sent: string[] = []
    const alliance = auditedAlliance(chainOf(sent) as unknown as AllianceChain, FULL, CONTRACT)
    const arena = auditedArena(chainOf(sent) as unknown as ArenaChain, FULL, CONTRACT)
    for (const send of [
      () => alliance.contribute(0, hex('1')),
      () => alliance.commitVote(0, hex('2')),
      () => alliance.revealVote(0, ballot, SALT),
      () => arena.submit(hex('1')),
      () => arena.commit(0, hex('2')),
      () => arena.reveal(0, { scores: [1], salt: SALT }),
    ]) {
      await expect(send()).rejects.toMatchObject({ code: 'AUDIT_WRITE_FAILED' })
    }
    expect(sent).toEqual([])
  })
})
