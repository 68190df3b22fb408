import type { TrainingRows } from '@fednode/engine'
import {
  askedStatistics,
  type BlobRef,
  type DataSpec,
  FedError,
  fillData,
  hideRare,
  MAX_STATISTICS_BYTES,
  parsePreprocessing,
  type RoundOpen,
} from '@fednode/protocol'
import { modelProviders } from './model-providers.ts'
import type { SiloRun } from './silo.ts'
import { SiloError } from './silo-error.ts'

/**
 * Gives the rows that a round trains on: as they were read, or, where the manifest has preprocessing, read once more by the schema that the
 * pooled statistics fill in. These are the same in every round: who could change them would see a silo's rows through other scales.
 * @returns a function that throws SiloError BAD_PREPROCESSING, and BlobError when nobody delivers the statistics.
 */
export function preparedRows(
  run: SiloRun,
): (open: RoundOpen, signal: AbortSignal) => Promise<TrainingRows> {
  const { deps, options } = run
  let loaded: Promise<TrainingRows> | undefined
  return async (open, signal) => {
    const isAsked = options.manifest.preprocessing !== undefined
    if (isAsked !== (open.preprocessing !== undefined)) {
      throw badPreprocessing(open, isAsked ? 'there are none' : 'the manifest asks for none')
    }
    if (open.preprocessing === undefined) return deps.dataset
    const known = deps.journal.preprocessing()
    if (known !== undefined && known.cid !== open.preprocessing.cid) {
      throw badPreprocessing(open, 'they are not those of the rounds before')
    }
    if (loaded === undefined) {
      const filled = await fetchSchema(run, open, signal)
      loaded = readRows(run, filled)
    }
    deps.journal.savePreprocessing(open.preprocessing)
    return loaded
  }
}

/** Nothing that only few of the rows have gets a weight of its own, whatever the aggregator says that silos agreed on. */
async function readRows({ deps, options }: SiloRun, filled: DataSpec): Promise<TrainingRows> {
  const { preprocessing, dataset } = deps
  if (preprocessing === undefined) return dataset
  const { categories } = askedStatistics(options.manifest)
  if (categories.length === 0) return preprocessing.load(filled)
  return preprocessing.load(hideRare(filled, await preprocessing.categories(), categories))
}

async function fetchSchema(run: SiloRun, open: RoundOpen, signal: AbortSignal): Promise<DataSpec> {
  const { host, deps, options, served } = run
  const { manifest, manifestCid } = options
  const ref = open.preprocessing as BlobRef
  if (ref.size > MAX_STATISTICS_BYTES) throw badPreprocessing(open, `they have ${ref.size} bytes`)
  await host.fetchBlob(ref, { peers: modelProviders(run), signal })
  const bytes = await deps.blobs.get(ref.cid)
  try {
    const filled = fillData(manifest, parsePreprocessing(bytes, { manifest, manifestCid }))
    served.models.add(ref.cid)
    return filled
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    throw badPreprocessing(open, error.message, error)
  }
}

function badPreprocessing({ round }: RoundOpen, reason: string, cause?: unknown): SiloError {
  return new SiloError(
    `the pooled statistics of round ${round} cannot be used: ${reason}`,
    { code: 'BAD_PREPROCESSING', round, reason },
    { cause },
  )
}
