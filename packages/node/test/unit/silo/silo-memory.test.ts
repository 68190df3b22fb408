import path from 'node:path'
import {
  cidOfBytes,
  createMemoryBlobStore,
  type Logger,
  type Manifest,
  silentLogger,
} from '@fednode/protocol'
import { describe, expect, test } from 'vitest'
import { forgetMemories } from '../../../src/silo/forget-memories.ts'
import { SILO_JOURNAL_FILE } from '../../../src/silo/read-silo-journal.ts'
import { recallMemory } from '../../../src/silo/recall-memory.ts'
import { createSiloJournal } from '../../../src/silo/silo-journal.ts'
import { decodeMemory, encodeMemory, memoryKindsOf } from '../../../src/silo/silo-memory.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { manifest, receiptOf } from './harness.ts'

const VALUES = Float32Array.of(1, -2, 0.5)
const base = { cid: cidOfBytes(Uint8Array.of(1)), size: 5 }
const result = { last: false, model: base }

function memoryOf(round: number) {
  return { cid: cidOfBytes(Uint8Array.of(7, round)), size: round }
}

/** A journal with one trained update and its memory in each of these rounds. */
function journalOf(...rounds: readonly number[]) {
  const journal = createSiloJournal(path.join(temporaryDirectory(), SILO_JOURNAL_FILE))
  for (const round of rounds) {
    journal.saveBase(round, base)
    journal.saveUpdate(round, {
      ...{ base: base.cid, update: base, samples: 10, trainMs: 20, lossMicros: 30 },
      memory: memoryOf(round),
    })
  }
  return journal
}

describe('the journal', () => {
  test('T44: keeps the memory together with the update that it belongs to', () => {
    const directory = temporaryDirectory()
    const file = path.join(directory, SILO_JOURNAL_FILE)
    const trained = { base: base.cid, update: base, samples: 10, trainMs: 20, lossMicros: 30 }
    const journal = createSiloJournal(file)
    journal.saveBase(1, base)
    journal.saveUpdate(1, { ...trained, memory: memoryOf(1) })
    // Not closed: as after kill -9.
    expect(createSiloJournal(file).update(1)).toEqual({ ...trained, memory: memoryOf(1) })
    // Trained again without one, for example from another model.
    journal.saveUpdate(1, trained)
    expect(createSiloJournal(file).update(1)).toEqual(trained)
    expect(journal.memories()).toEqual([])
  })

  test('begins a round with the memory of the newest round before it whose update counted', () => {
    const journal = journalOf(1, 2, 3)
    expect(journal.memoryBefore(4)).toBeUndefined()
    for (const round of [1, 2, 3]) journal.saveResult(round, { ...result, round, measured: true })
    expect(journal.memoryBefore(4)).toEqual(memoryOf(3))
    expect(journal.memoryBefore(3)).toEqual(memoryOf(2))
    expect(journal.memoryBefore(1)).toBeUndefined()
  })

  test('goes back to the memory before when an update was refused or its round became void', () => {
    const journal = journalOf(1, 2, 3)
    journal.saveResult(1, { ...result, round: 1, measured: true })
    journal.saveReceipt(receiptOf(2, base.cid, 'NOT_FINITE'))
    journal.saveReceipt(receiptOf(3, base.cid))
    // Accepted, then void: nobody's update counted.
    journal.saveResult(3, { ...result, round: 3, measured: false })
    expect(journal.memoryBefore(4)).toEqual(memoryOf(1))
  })

  test('takes the receipt for the result of a round that it never heard', () => {
    const journal = journalOf(1, 2)
    journal.saveReceipt(receiptOf(1, base.cid))
    expect(journal.memoryBefore(3)).toEqual(memoryOf(1))
  })
})

test('memories that no later round begins with are removed, file and row', async () => {
  const journal = journalOf(1, 2, 3)
  const removed: string[] = []
  const blobs = { remove: async (cid: string) => void removed.push(cid) }
  await forgetMemories({ journal, blobs }, [memoryOf(2).cid, undefined])
  expect(removed).toEqual([memoryOf(1).cid, memoryOf(3).cid])
  expect(journal.memories().map(({ round }) => round)).toEqual([2])
  expect(journal.update(1)).toMatchObject({ update: base })
})

test.each<[string, Pick<Manifest, 'strategy' | 'compression'>, string[]]>([
  [
    'scaffold carries its control variate',
    { strategy: { name: 'scaffold', weighting: 'equal' }, compression: { kind: 'none' } },
    ['control'],
  ],
  [
    'top-k carries what it left out',
    { strategy: manifest.strategy, compression: { kind: 'top-k', ratio: 0.1 } },
    ['residual'],
  ],
  ['int8 carries nothing', { strategy: manifest.strategy, compression: { kind: 'int8' } }, []],
  ['fedavg carries nothing', { strategy: manifest.strategy }, []],
])('%s', (_, terms, kinds) => {
  const { training } = manifest
  expect(memoryKindsOf({ ...terms, training })).toEqual(kinds)
  const personal = { ...training, personal: ['dense_2'] }
  expect(memoryKindsOf({ ...terms, training: personal })).toEqual([...kinds, 'personal'])
})

test('a memory is read back only as what it is', () => {
  const bytes = encodeMemory({ residual: VALUES })
  expect(decodeMemory(bytes, { residual: 3 })).toEqual({ residual: VALUES })
  const personal = Float32Array.of(4)
  const both = encodeMemory({ personal, residual: VALUES })
  expect(decodeMemory(both, { personal: 1, residual: 3 })).toEqual({ personal, residual: VALUES })
  const wrong = expect.objectContaining({ code: 'CODEC_WRONG_TENSORS' })
  expect(() => decodeMemory(bytes, { control: 3 })).toThrow(wrong)
  expect(() => decodeMemory(bytes, { residual: 4 })).toThrow(wrong)
  expect(() => decodeMemory(both, { residual: 3 })).toThrow(wrong)
})

describe('recalling', () => {
  const expected = { residual: 3 }

  function logging() {
    const warnings: unknown[] = []
    const logger: Logger = { ...silentLogger, warn: (fields) => warnings.push(fields) }
    return { warnings, logger, blobs: createMemoryBlobStore() }
  }

  test('gives the values of the file', async () => {
    const deps = logging()
    const ref = await deps.blobs.put(encodeMemory({ residual: VALUES }))
    expect(await recallMemory(ref, expected, deps)).toEqual({ residual: VALUES })
    expect(await recallMemory(undefined, expected, deps)).toEqual({})
    expect(deps.warnings).toEqual([])
  })

  test('of a lost or damaged file begins anew, and says so', async () => {
    const deps = logging()
    const lost = { ...memoryOf(1) }
    expect(await recallMemory(lost, expected, deps)).toEqual({})
    const damaged = await deps.blobs.put(Uint8Array.of(1, 2, 3))
    expect(await recallMemory(damaged, expected, deps)).toEqual({})
    expect(deps.warnings).toEqual([
      { memory: 'residual', cid: lost.cid, code: 'BLOB_NOT_FOUND' },
      { memory: 'residual', cid: damaged.cid, code: 'CODEC_BAD_SAFETENSORS' },
    ])
  })
})
