import type { Dataset } from '../../packages/engine/src/index.ts'

/** Rows of a table with their class indexes, ready for the engine. */
export function tableDataset(
  rows: readonly { readonly features: readonly number[]; readonly label: number }[],
): Dataset {
  return {
    count: rows.length,
    featureShape: [rows[0]?.features.length ?? 0],
    features: Float32Array.from(rows.flatMap(({ features }) => features)),
    featureScale: 1,
    targets: {
      kind: 'classes',
      labels: Int32Array.from(rows, ({ label }) => label),
      classes: 2,
    },
  }
}
