import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BlobRef,
  createMemoryBlobStore,
  type DataSpec,
  encodePreprocessing,
  type Manifest,
  type RoundOpen,
  type TabularData,
} from '@fednode/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJournal, type Journal } from '../../../src/journal/create-journal.ts'
import { adoptPreprocessing } from '../../../src/rebuild/adopt-preprocessing.ts'
import type { RebuildParts } from '../../../src/rebuild/rebuild-parts.ts'
import {
  CHAIN_ID,
  cidOfManifest,
  RANDOMNESS,
  SCENARIO,
  tinyManifest,
  tinyValidation,
} from '../../support/tiny-federation.ts'

const MANIFEST: Manifest = {
  ...tinyManifest(),
  data: {
    kind: 'table',
    columns: [{ name: 'age', type: 'number' }],
    label: { column: 'ill', classes: ['no', 'yes'] },
    missingRows: 'drop',
  },
  preprocessing: { standardise: true, impute: false },
}
const CID = cidOfManifest(MANIFEST)
const POOLED = encodePreprocessing({
  manifest: CID,
  columns: [{ name: 'age', mean: 50, deviation: 4 }],
})

let directory: string
let journal: Journal
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fednode-adopt-'))
  journal = createJournal(join(directory, 'journal.sqlite'))
})
afterEach(() => {
  journal.close()
  rmSync(directory, { recursive: true, force: true })
})

/** What a rebuild has before it adopts anything; `read` are the schemas by which held-out rows were read. */
function partsWith(given: { readonly bytes?: Uint8Array } = {}) {
  const blobs = createMemoryBlobStore()
  const read: DataSpec[] = []
  const parts = {
    ...{ manifest: MANIFEST, manifestCid: CID, blobs, journal, validation: tinyValidation() },
    async loadValidation(data: DataSpec) {
      read.push(data)
      return { ...tinyValidation(), count: 7 }
    },
    source: {
      async fetch() {
        if (given.bytes === undefined) return false
        await blobs.put(given.bytes)
        return true
      },
    },
    // The rest of a rebuild is not looked at here.
  } as unknown as RebuildParts
  return { parts, read }
}

function opening(round: number, preprocessing?: BlobRef): RoundOpen {
  const { block } = RANDOMNESS
  const scope = { version: 3, chainId: CHAIN_ID, scenario: SCENARIO, term: 1, round, sentAt: 0 }
  return {
    ...scope,
    ...{ type: 'round-open', manifest: CID, model: { cid: CID, size: 1 }, block, deadline: 1 },
    commitment: new Uint8Array(32),
    ...(preprocessing && { preprocessing }),
  }
}

describe('an aggregator that is rebuilt', () => {
  it('T60: goes on by the pooled statistics that rounds were opened with', async () => {
    const ref = await createMemoryBlobStore().put(POOLED)
    const { parts, read } = partsWith({ bytes: POOLED })
    const adopted = await adoptPreprocessing(parts, { told: [opening(2, ref)], found: [] })
    expect(journal.preprocessing()).toEqual(ref)
    expect(adopted.validation.count).toBe(7)
    expect((read[0] as TabularData).columns[0]?.scale).toEqual({ mean: 50, deviation: 4 })
  })

  it('waits for the statistics where nobody who is there has them', async () => {
    const ref = await createMemoryBlobStore().put(POOLED)
    const { parts } = partsWith()
    const adopting = adoptPreprocessing(parts, { told: [opening(2, ref)], found: [] })
    await expect(adopting).rejects.toMatchObject({ code: 'REBUILD_INCOMPLETE' })
    expect(journal.preprocessing()).toBeUndefined()
  })

  it('refuses openings that name different ones', async () => {
    const ref = await createMemoryBlobStore().put(POOLED)
    const { parts } = partsWith({ bytes: POOLED })
    const told = [opening(1, ref), opening(2, { ...ref, cid: CID })]
    await expect(adoptPreprocessing(parts, { told, found: [] })).rejects.toMatchObject({
      code: 'REBUILD_CONTRADICTION',
    })
  })

  it('leaves the step to be done where no round was ever opened', async () => {
    const { parts, read } = partsWith({ bytes: POOLED })
    expect(await adoptPreprocessing(parts, { told: [], found: [] })).toBe(parts)
    expect(read).toEqual([])
    expect(journal.preprocessing()).toBeUndefined()
  })
})
