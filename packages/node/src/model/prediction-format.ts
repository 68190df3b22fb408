import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { PREDICTION_FORMATS, type PredictionFormat } from './write-predictions.ts'

/** How the file of --out is written, by its ending. @throws {UserError} usage BAD_OPTION. */
export function predictionFormat(out: string): PredictionFormat {
  const ending = path.extname(out).toLowerCase()
  const format = Object.entries(PREDICTION_FORMATS).find(([known]) => known === ending)?.[1]
  if (format !== undefined) return format
  throw new UserError('usage', `--out ${out}: the ending does not say which format to write`, {
    code: 'BAD_OPTION',
    hint: `Let it end in ${Object.keys(PREDICTION_FORMATS).join(', ')}.`,
  })
}
