import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnchoredRound } from '@fednode/contracts'
import { createEngine } from '@fednode/engine'
import {
  type BlobRef,
  createMemoryBlobStore,
  defaultStrategy,
  digestOfCid,
  type Message,
  type RoundOpen,
  toPico,
} from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createJournal, type Journal } from '../../../src/journal/create-journal.ts'
import { rebuildJournal } from '../../../src/rebuild/rebuild-journal.ts'
import type { RebuildParts } from '../../../src/rebuild/rebuild-parts.ts'
import type { PieceKind } from '../../../src/rebuild/rebuild-source.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { partsOfWorld } from '../../support/parts-of-world.ts'
import { CHAIN_ID, keyOf } from '../../support/tiny-federation.ts'

const SILOS: readonly string[] = ['alpha', 'beta', 'gamma']

let world: World
let directory: string
let journal: Journal
let told: readonly Message[]

/** A federation of two rounds that is over, and an empty directory beside it. */
async function play(strategy: 'fedavg' | 'fedadam' = 'fedavg'): Promise<void> {
  world = await createWorld({
    silos: Object.fromEntries(SILOS.map((name) => [name, undefined])),
    rounds: { count: 2 },
    strategy: defaultStrategy(strategy),
  })
  await (await world.startCoordinator()).coordinator.done
  const alpha = world.silos.get('alpha')
  told = [...(alpha?.results ?? []), ...(alpha?.opens ?? [])]
  directory = mkdtempSync(join(tmpdir(), 'fednode-rebuild-'))
  journal = createJournal(join(directory, 'journal.sqlite'))
}

afterEach(async () => {
  journal.close()
  rmSync(directory, { recursive: true, force: true })
  await world.close()
})

function anchorsOf(rounds: readonly { round: number; evidence: BlobRef; model: BlobRef }[]) {
  const anchor = ({ evidence, model }: { evidence: BlobRef; model: BlobRef }) =>
    ({
      evidenceRoot: digestOfCid(evidence.cid),
      modelDigest: digestOfCid(model.cid),
    }) as unknown as AnchoredRound
  return new Map(rounds.map((round) => [round.round, anchor(round)]))
}

async function partsOf(
  changes: Partial<RebuildParts> & { readonly gives?: (kind: PieceKind) => boolean } = {},
): Promise<RebuildParts> {
  const blobs = createMemoryBlobStore()
  const { gives = () => true, ...rest } = changes
  const engine = await createEngine({ backend: 'cpu' })
  return {
    ...partsOfWorld(world, { engine, journal, blobs, scratch: directory }),
    source: {
      async fetch({ cid }, kind) {
        if (!gives(kind)) return false
        await blobs.put(await world.blobs.get(cid))
        return true
      },
    },
    anchors: anchorsOf(world.readJournal((own) => own.records())),
    settlements: world.chain.settlements,
    ...rest,
  }
}

/** What only the aggregator that played the rounds could measure. */
const withoutClock = (own: Journal) =>
  own.records().map(({ seconds: _, gas: __, refusals: ___, ...record }) => ({
    ...record,
    // Evidence has 12 decimals.
    contributions: record.contributions.map(({ counted = 0, ...rest }) => ({
      ...rest,
      countedPico: toPico(counted),
    })),
  }))

const isUpdate = (kind: PieceKind): boolean => typeof kind !== 'string'

describe('rebuildJournal', () => {
  it('T60: writes into an empty journal what its aggregator had written', async () => {
    await play()
    const parts = await partsOf()
    expect(await rebuildJournal(told, parts)).toEqual({ rounds: 2, missingUpdates: [] })
    expect(withoutClock(journal)).toEqual(world.readJournal(withoutClock))
    expect(journal.updates(2)).toEqual(
      world.readJournal((own) => own.updates(2)).map((update) => ({ ...update, fetchMs: 0 })),
    )
    expect(journal.nextTask()).toBeUndefined()
    expect(journal.term()).toBe(1)
    const [first] = journal.updates(1)
    expect(first && journal.earlierUpdate(2, first.update.cid)).toMatchObject({ round: 1 })
    expect(await rebuildJournal(told, parts)).toEqual({ rounds: 0, missingUpdates: [] })
  })

  it('looks at the chain first for every step of a round that is not over there', async () => {
    await play()
    await rebuildJournal(told, await partsOf({ settlements: [], anchors: new Map() }))
    expect(journal.tasks().map(({ work, attempts }) => [work.step, attempts])).toEqual(
      [1, 2].flatMap(() => [
        ['fund', 1],
        ['assert', 1],
        ['finalize', 1],
      ]),
    )
  })

  it('makes models and the server’s state again from the updates where nobody keeps them', async () => {
    await play('fedadam')
    const parts = await partsOf({ gives: (kind) => kind === 'evidence' || isUpdate(kind) })
    await rebuildJournal(told, parts)
    expect(withoutClock(journal)).toEqual(world.readJournal(withoutClock))
    const state = journal.record(2)?.strategyState ?? []
    expect(state.length).toBeGreaterThan(0)
    for (const { blob } of state) expect(await parts.blobs.has(blob.cid)).toBe(true)
  })

  it('does without updates that nobody keeps, and says which', async () => {
    await play()
    const { rounds, missingUpdates } = await rebuildJournal(
      told,
      await partsOf({ gives: (kind) => !isUpdate(kind) }),
    )
    expect([rounds, missingUpdates.length]).toEqual([2, 6])
    expect(withoutClock(journal)).toEqual(world.readJournal(withoutClock))
  })

  it('refuses when a piece is missing, names it and who could have it', async () => {
    await play('fedadam')
    const noEvidence = await partsOf({ gives: () => false })
    await expect(rebuildJournal(told, noEvidence)).rejects.toMatchObject({
      code: 'REBUILD_INCOMPLETE',
      message: expect.stringMatching(/evidence of round 2/),
      info: { fault: 'network', hint: expect.stringContaining('a silo that took part') },
    })
    const noState = await partsOf({
      gives: (kind) => kind !== 'state' && (typeof kind === 'string' || kind.updateOf !== 'beta'),
    })
    await expect(rebuildJournal(told, noState)).rejects.toMatchObject({
      code: 'REBUILD_INCOMPLETE',
      message: expect.stringMatching(/state of round 1 .*update of beta of round 1/),
      info: { hint: expect.stringContaining('the silo beta') },
    })
    expect(journal.lastClosedRound()).toBe(0)
  })

  it('T35: refuses what the chain does not anchor, and what it anchors beyond', async () => {
    await play()
    const [first, second] = world.readJournal((own) => own.records())
    if (first === undefined || second === undefined) throw new Error('two rounds were played')
    const other = anchorsOf([{ ...first, evidence: second.evidence }])
    await expect(rebuildJournal(told, await partsOf({ anchors: other }))).rejects.toMatchObject({
      code: 'REBUILD_CONTRADICTION',
      message: expect.stringContaining('round 1 cannot be rebuilt: the chain anchors another'),
    })
    const beyond = anchorsOf([first, second, { ...second, round: 3 }])
    await expect(rebuildJournal(told, await partsOf({ anchors: beyond }))).rejects.toMatchObject({
      code: 'REBUILD_CONTRADICTION',
      message: expect.stringContaining('know of round 2 at most'),
    })
    expect(journal.lastClosedRound()).toBe(0)
  })

  it('T2: refuses evidence that a stranger signed, or of another federation', async () => {
    await play()
    const stranger = { federator: keyOf('stranger').peerId, memberOf: () => undefined }
    await expect(rebuildJournal(told, await partsOf({ signers: stranger }))).rejects.toMatchObject({
      code: 'REBUILD_CONTRADICTION',
    })
    await expect(
      rebuildJournal(told, await partsOf({ chainId: CHAIN_ID + 1 })),
    ).rejects.toMatchObject({ message: expect.stringContaining('another federation') })
  })

  it('T4: continues an open round with the block and the secret that it was opened with', async () => {
    await play()
    const isFirst = ({ type, round }: Message): boolean => round === 1 || type === 'round-open'
    const open = told.find((one): one is RoundOpen => one.type === 'round-open' && one.round === 2)
    const parts = await partsOf({ anchors: new Map(), settlements: [] })
    await rebuildJournal(told.filter(isFirst), parts)
    const round = journal.openRound()
    expect(round).toMatchObject({ round: 2, state: 'open', base: open?.model, block: open?.block })
    expect(journal.tasks(2).map(({ attempts }) => attempts)).toEqual([1])
    // Its end, told later, takes its place.
    expect(await rebuildJournal(told, parts)).toMatchObject({ rounds: 1 })
    expect(journal.openRound()).toBeUndefined()
    expect(journal.lastClosedRound()).toBe(2)
  })

  it('T4: does not continue a round whose secret it cannot know', async () => {
    await play()
    const forged = told
      .filter(({ round, type }) => round === 1 || type === 'round-open')
      .map((one) => (one.round === 2 ? { ...one, commitment: new Uint8Array(32) } : one))
    const parts = await partsOf({ anchors: new Map(), settlements: [] })
    await expect(rebuildJournal(forged as Message[], parts)).rejects.toMatchObject({
      code: 'REBUILD_CONTRADICTION',
      message: expect.stringContaining('a secret that only its aggregator knew'),
    })
  })
})
