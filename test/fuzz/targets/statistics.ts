import {
  cidOfBytes,
  encodePreprocessing,
  encodeSiloStatistics,
  type Manifest,
  parsePreprocessing,
  parseSiloStatistics,
  type SiloName,
} from '../../../packages/protocol/src/index.ts'
import { TABLE, TABLE_MANIFEST } from '../../../packages/protocol/test/unit/sample-manifest.ts'
import type { FuzzTarget } from '../fuzz-target.ts'

const MAX_BYTES = 8 * 1_048_576
const MANIFEST: Manifest = {
  ...TABLE_MANIFEST,
  data: {
    ...TABLE,
    columns: [
      { name: 'age', type: 'number' },
      { name: 'ward', type: 'category', maxCategories: 3 },
    ],
    missingRows: 'drop',
  },
  preprocessing: { standardise: true, impute: false },
}
const OF = {
  manifest: MANIFEST,
  manifestCid: cidOfBytes(Uint8Array.of(1)),
  silo: 'north' as SiloName,
}

/** What silos and the aggregator say of rows before round 1. */
export const statisticsTargets: readonly FuzzTarget[] = [
  {
    name: 'statistics of a silo',
    corpus: [
      encodeSiloStatistics({
        ...{ manifest: OF.manifestCid, silo: OF.silo },
        columns: [{ name: 'age', count: 20, mean: 50.5, squares: 300 }],
        categories: [{ name: 'ward', values: [{ value: 'icu', count: 20 }] }],
      }),
    ],
    parse: (bytes) => parseSiloStatistics(bytes, OF).columns.length > 0,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'pooled statistics',
    corpus: [
      encodePreprocessing({
        manifest: OF.manifestCid,
        columns: [{ name: 'age', mean: 50.5, deviation: 4 }],
        categories: [{ name: 'ward', values: ['icu', 'surgery'] }],
      }),
    ],
    parse: (bytes) => parsePreprocessing(bytes, OF).columns.length > 0,
    maxBytes: MAX_BYTES,
  },
]
