import type { TabularData } from '../../packages/protocol/src/index.ts'

const scale = { mean: 500, deviation: 288 }

/** The schema of what writeBenchTable writes: 16 features a row. */
export const BENCH_SCHEMA: TabularData = {
  kind: 'table',
  columns: [
    ...Array.from({ length: 8 }, (_, i) => ({
      ...{ name: `x${i}`, type: 'number' as const, min: 0, max: 1_000, scale },
    })),
    { name: 'region', type: 'category', categories: ['north', 'east', 'south'] },
    { name: 'grade', type: 'category', categories: ['a', 'b', 'c', 'd', 'e'] },
  ],
  label: { column: 'outcome', classes: ['no', 'yes'] },
  missingRows: 'refuse',
}
