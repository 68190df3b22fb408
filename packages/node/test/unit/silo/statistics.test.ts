import type { DataMoments } from '@fednode/engine'
import {
  cidOfBytes,
  type DataSpec,
  encodePreprocessing,
  encodeSiloStatistics,
  type Manifest,
  type Message,
  parseSiloStatistics,
  STATISTICS_ROUND,
  type TabularData,
} from '@fednode/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import type { RowReader } from '../../../src/silo/row-reader.ts'
import {
  dataset,
  MANIFEST_CID,
  manifest,
  NAME,
  type ScriptedAggregator,
  scopeOf,
  startAggregator,
  startSilo,
  temporaryDirectory,
} from './harness.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo()
  cleanup.length = 0
})

const WITH_STEP: Manifest = {
  ...manifest,
  data: {
    kind: 'table',
    columns: [
      { name: 'x', type: 'number' },
      { name: 'y', type: 'number' },
    ],
    label: { column: 'class', classes: ['x', 'y'] },
    missingRows: 'drop',
  },
  preprocessing: { standardise: true, impute: false },
}
const WITH_CATEGORIES: Manifest = {
  ...WITH_STEP,
  data: {
    ...(WITH_STEP.data as TabularData),
    columns: [
      { name: 'x', type: 'number' },
      { name: 'ward', type: 'category', maxCategories: 2 },
    ],
  },
}
const OF = { manifest: WITH_STEP, manifestCid: MANIFEST_CID, silo: NAME }

/** Moments of column x over `count` rows, and of y over 9, which is below the floor. */
function momentsOver(count: number): DataMoments {
  return {
    columns: [
      { name: 'x', count, mean: count / 2, squares: 1 },
      { name: 'y', count: 9, mean: 1, squares: 1 },
    ],
  }
}

function rowsOf(count: number): RowReader {
  return {
    moments: async () => momentsOver(count),
    categories: async () => [],
    load: async () => dataset,
  }
}

async function begin(
  directory: string,
  aggregator: ScriptedAggregator,
  rows: RowReader,
  manifest = WITH_STEP,
) {
  const started = await startSilo(directory, cleanup, {
    manifest,
    preprocessing: rows,
    readEndpoint: () => aggregator.host.addresses(),
  })
  await started.event('listening')
  return started
}

const question = (): Message => ({
  type: 'statistics-open',
  ...scopeOf(STATISTICS_ROUND),
  manifest: MANIFEST_CID,
  deadline: Date.now() + 60_000,
})

describe('T38: the statistics of a silo', () => {
  it('are sent to the aggregator alone, without columns below the floor', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const silo = await begin(directory, aggregator, rowsOf(20))
    await aggregator.say(question())
    const sent = await aggregator.update()
    expect(sent).toMatchObject({ round: STATISTICS_ROUND, base: MANIFEST_CID, samples: 32 })
    const { columns } = parseSiloStatistics(await aggregator.fetch(sent.update), OF)
    expect(columns).toEqual([{ name: 'x', count: 20, mean: 10, squares: 1 }])
    expect(await silo.event('statistics')).toMatchObject({ columns: ['x'], label: false })
    expect(silo.trainings()).toBe(0)
  })

  it('name the values that enough of its rows have, and no rare one', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const values = [
      { value: 'surgery', count: 25 },
      { value: 'transplant', count: 9 },
    ]
    const silo = await begin(
      directory,
      aggregator,
      { ...rowsOf(20), categories: async () => [{ name: 'ward', values }] },
      WITH_CATEGORIES,
    )
    await aggregator.say(question())
    const sent = await aggregator.fetch((await aggregator.update()).update)
    const { categories } = parseSiloStatistics(sent, { ...OF, manifest: WITH_CATEGORIES })
    expect(categories).toEqual([{ name: 'ward', values: [{ value: 'surgery', count: 20 }] }])
    expect(await silo.event('statistics')).toMatchObject({ columns: ['x', 'ward'] })
  })

  it('are the same ones when it is asked again with one row less: the difference would be a person', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const first = await begin(directory, aggregator, rowsOf(20))
    await aggregator.say(question())
    const sent = await aggregator.update()
    await first.silo.stop()
    first.journal.close()
    aggregator.received.length = 0
    const second = await begin(directory, aggregator, rowsOf(19))
    await aggregator.say(question())
    expect((await aggregator.update()).update).toEqual(sent.update)
    expect(second.events.filter(({ type }) => type === 'statistics')).toEqual([])
  })

  it('are not sent to whoever asks for those of another manifest', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const silo = await begin(directory, aggregator, rowsOf(20))
    const other = cidOfBytes(Uint8Array.of(9))
    await aggregator.say({ ...question(), manifest: other } as Message)
    const pooled = { manifest: MANIFEST_CID, columns: [{ name: 'x', mean: 1, deviation: 1 }] }
    const preprocessing = await aggregator.blobs.put(encodePreprocessing(pooled))
    await aggregator.say(aggregator.open(1, { preprocessing }))
    expect((await aggregator.update()).round).toBe(1)
    expect(silo.journal.statistics()).toBeUndefined()
    expect(silo.journal.preprocessing()).toEqual(preprocessing)
  })
})

describe('T38: a category that the aggregator made up', () => {
  it('is "other" in the rows of a silo that has too few of it', async () => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const values = [
      { value: 'surgery', count: 25 },
      { value: 'transplant', count: 9 },
    ]
    const { promise: schema, resolve } = Promise.withResolvers<DataSpec>()
    const load = async (data: DataSpec) => {
      resolve(data)
      return dataset
    }
    const categories = async () => [{ name: 'ward', values }]
    await begin(directory, aggregator, { ...rowsOf(20), categories, load }, WITH_CATEGORIES)
    const agreed = [{ name: 'ward', values: ['surgery', 'transplant'] }]
    const pooled = { manifest: MANIFEST_CID, columns: [], categories: agreed }
    const preprocessing = await aggregator.blobs.put(encodePreprocessing(pooled))
    await aggregator.say(aggregator.open(1, { preprocessing }))
    const ward = { categories: ['surgery', 'transplant'], rare: ['transplant'] }
    expect(await schema).toMatchObject({ columns: [{ name: 'x' }, ward] })
  })
})

describe('the pooled statistics', () => {
  it.each(['others', 'none'])('stop a silo when a round comes with %s', async (which) => {
    const directory = temporaryDirectory(cleanup)
    const aggregator = await startAggregator(directory, cleanup)
    const silo = await begin(directory, aggregator, rowsOf(20))
    const kept = await aggregator.blobs.put(
      encodeSiloStatistics({ manifest: MANIFEST_CID, silo: NAME, columns: [] }),
    )
    silo.journal.savePreprocessing(kept)
    const pooled = { manifest: MANIFEST_CID, columns: [] }
    const other = await aggregator.blobs.put(encodePreprocessing(pooled))
    await aggregator.say(aggregator.open(1, which === 'none' ? {} : { preprocessing: other }))
    await expect(silo.silo.done).rejects.toMatchObject({ code: 'BAD_PREPROCESSING' })
    expect(silo.trainings()).toBe(0)
  })
})
