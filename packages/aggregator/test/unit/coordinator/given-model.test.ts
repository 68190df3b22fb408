import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine, type Engine, federationModel } from '@fednode/engine'
import {
  cidOfBlob,
  createMemoryBlobStore,
  decodeWeights,
  encodeWeights,
  type Message,
  type Weights,
} from '@fednode/protocol'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { manifestOf } from '../../../src/evidence/check-evidence.ts'
import { parseEvidence } from '../../../src/evidence/parse-evidence.ts'
import { recomputeEvidence } from '../../../src/evidence/recompute-evidence.ts'
import { createJournal } from '../../../src/journal/create-journal.ts'
import { rebuildJournal } from '../../../src/rebuild/rebuild-journal.ts'
import type { RebuildParts } from '../../../src/rebuild/rebuild-parts.ts'
import { createWorld, type World } from '../../support/coordination.ts'
import { partsOfWorld } from '../../support/parts-of-world.ts'
import { TINY_MODEL, tinyValidation } from '../../support/tiny-federation.ts'

const SILOS = ['alpha', 'beta', 'gamma']
/** A single layer: all of it stays as given but for one rank. */
const ADAPTERS = { rank: 1, layers: ['dense_1'] }

let engine: Engine
let start: Weights
let world: World
let directory: string

beforeAll(async () => {
  engine = await createEngine({ backend: 'cpu' })
  start = engine.initialWeights(TINY_MODEL, 99)
})

/** A federation of two rounds over adapters of a given model, over. */
async function play(): Promise<void> {
  directory = mkdtempSync(join(tmpdir(), 'fednode-given-'))
  world = await createWorld({
    silos: Object.fromEntries(SILOS.map((name) => [name, undefined])),
    rounds: { count: 2 },
    training: { start: cidOfBlob(encodeWeights(start)), adapters: ADAPTERS },
    start,
  })
  await (await world.startCoordinator()).coordinator.done
}

afterEach(async () => {
  await world.close()
  rmSync(directory, { recursive: true, force: true })
})

function told(): readonly Message[] {
  const alpha = world.silos.get('alpha')
  return [...(alpha?.results ?? []), ...(alpha?.opens ?? [])]
}

/** The empty directory of somebody else who has the model to start from. */
function rebuildParts(): RebuildParts {
  const blobs = createMemoryBlobStore()
  const journal = createJournal(join(directory, 'journal.sqlite'))
  return {
    ...partsOfWorld(world, { engine, journal, blobs, scratch: directory, start }),
    source: {
      async fetch({ cid }) {
        await blobs.put(await world.blobs.get(cid))
        return true
      },
    },
    anchors: new Map(),
    settlements: [],
  }
}

describe('a federation that adapts a given model', () => {
  it('moves the adapters and nothing else', async () => {
    await play()
    const { shared } = federationModel(world.manifest, { engine, start })
    const specs = engine.weightSpecs(shared)
    expect(specs.map(({ name }) => name)).toEqual(['dense_1/lora_a', 'dense_1/lora_b'])
    const records = world.readJournal((journal) => journal.records())
    expect(records).toHaveLength(2)
    for (const { model } of records)
      expect(decodeWeights(await world.blobs.get(model.cid), specs).specs).toEqual(specs)
  })

  it('is made again from its evidence and the given model, and from no other', async () => {
    await play()
    const [record] = world.readJournal((journal) => journal.records())
    if (record === undefined) throw new TypeError('two rounds were played')
    const evidence = parseEvidence(await world.blobs.get(record.evidence.cid))
    const manifest = manifestOf(evidence)
    if (manifest === undefined) throw new TypeError('evidence without its manifest')
    const { blobs } = world
    const deps = { engine, blobs, validation: tinyValidation(), scratch: directory }
    const { faults } = await recomputeEvidence(evidence, manifest, { ...deps, start })
    expect(faults).toEqual([])
    const values = start.values.map((value) => value + 1)
    const other = await recomputeEvidence(evidence, manifest, {
      ...deps,
      start: { ...start, values },
    })
    expect(other.faults.map(({ code }) => code)).toContain('OTHER_UTILITY')
  })

  it('is rebuilt by whoever has the given model', async () => {
    await play()
    const parts = rebuildParts()
    expect(await rebuildJournal(told(), parts)).toEqual({ rounds: 2, missingUpdates: [] })
    parts.journal.close()
  })

  it('T35: is not rebuilt on another model', async () => {
    await play()
    // The same layers, beginning with other numbers.
    const parts = rebuildParts()
    const other = engine.initialWeights(parts.model, 5)
    const rebuilding = rebuildJournal(told(), { ...parts, firstModel: () => other })
    await expect(rebuilding).rejects.toMatchObject({ code: 'REBUILD_CONTRADICTION' })
    parts.journal.close()
  })
})
