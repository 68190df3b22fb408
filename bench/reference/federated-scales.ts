import { columnMoments } from '../../packages/engine/src/index.ts'
import {
  aboveFloor,
  askedStatistics,
  cidOfBytes,
  fillData,
  poolStatistics,
  type SiloName,
  type TabularData,
} from '../../packages/protocol/src/index.ts'
import { withCsvFile } from '../../test/lab/data/write-csv.ts'

/**
 * Scales of a schema as the statistics step of a federation finds them, from what leaves each silo there (docs/PROTOCOL.md, Statistics);
 * scales that it has already are found anew.
 */
export async function federatedScales(
  data: TabularData,
  silos: readonly string[],
): Promise<TabularData> {
  const manifest = { data: unscaled(data), preprocessing: { standardise: true, impute: false } }
  const manifestCid = cidOfBytes(new Uint8Array())
  const asked = askedStatistics(manifest)
  const statistics = []
  for (const [index, csv] of silos.entries()) {
    const moments = await withCsvFile(csv, (file) => columnMoments(file, manifest.data, asked))
    const silo = `silo-${index}` as SiloName
    statistics.push({ manifest: manifestCid, silo, ...aboveFloor(moments, asked.floor) })
  }
  // Filling in changes columns, never the kind.
  return fillData(manifest, poolStatistics({ manifest, manifestCid }, statistics)) as TabularData
}

function unscaled(data: TabularData): TabularData {
  return { ...data, columns: data.columns.map(({ scale: _, ...column }) => column) }
}
