import {
  aboveFloor,
  askedStatistics,
  type CategoryCounts,
  encodeSiloStatistics,
  STATISTICS_ROUND,
  sendableCounts,
  UserError,
} from '@fednode/protocol'
import { announceUpdate } from './announce-update.ts'
import type { RowReader } from './row-reader.ts'
import type { SiloRun } from './silo.ts'
import type { KeptStatistics } from './statistics-table.ts'

/**
 * Answers the statistics step: computes the moments that the manifest asks for, holds back what is below its floor, keeps the answer and
 * announces it. There is one answer for one manifest, whatever becomes of the rows and however often it is asked: the difference of two
 * would be a person (T38).
 */
export async function answerStatistics(run: SiloRun): Promise<void> {
  const { deps, options, served } = run
  const { update, samples } = deps.journal.statistics() ?? (await compute(run))
  served.updates.add(update.cid)
  await announceUpdate(run, STATISTICS_ROUND, {
    base: options.manifestCid,
    ...{ update, samples },
    trainMs: 0,
    lossMicros: 0,
  })
}

async function compute({ deps, options }: SiloRun): Promise<KeptStatistics> {
  const { manifest, manifestCid, name } = options
  if (deps.preprocessing === undefined || manifest.preprocessing === undefined) {
    throw new UserError('refused', 'the aggregator asks for statistics that the manifest has not', {
      code: 'STATISTICS_REFUSED',
      hint: 'Nothing was sent. Ask the federator why.',
    })
  }
  const asked = askedStatistics(manifest)
  const moments = aboveFloor(await deps.preprocessing.moments(), asked.floor)
  const categories = await frequentValues(deps.preprocessing, asked)
  const statistics = { ...moments, ...(categories.length === 0 ? {} : { categories }) }
  const bytes = encodeSiloStatistics({ manifest: manifestCid, silo: name, ...statistics })
  const kept = { update: await deps.blobs.put(bytes), samples: deps.dataset.count }
  deps.journal.saveStatistics(kept)
  const told = categories.filter(({ values }) => values.length > 0)
  const columns = [...statistics.columns, ...told].map((column) => column.name)
  const hasLabel = statistics.label !== undefined
  deps.onEvent({ type: 'statistics', columns, label: hasLabel, bytes: kept.update.size })
  return kept
}

async function frequentValues(
  reader: RowReader,
  { categories }: Pick<ReturnType<typeof askedStatistics>, 'categories'>,
): Promise<readonly CategoryCounts[]> {
  if (categories.length === 0) return []
  const counts = await reader.categories()
  return categories.map((asked) => {
    const own = counts.find(({ name }) => name === asked.name)
    return sendableCounts(own ?? { name: asked.name, values: [] }, asked)
  })
}
