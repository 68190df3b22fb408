import type { SeriesData } from '../../packages/protocol/src/index.ts'
import { readCsv } from '../../test/lab/data/read-csv.ts'
