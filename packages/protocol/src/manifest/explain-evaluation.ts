import { MIN_EVALUATED_ROWS } from '../limits.ts'
import type { ExplainedLine } from './explain.ts'
import { percent } from './numbers-text.ts'
import type { Manifest } from './types.ts'

/** What a silo says of the global models, in plain words; nothing where the manifest asks for nothing. */
export function explainEvaluation({ evaluation }: Manifest): readonly ExplainedLine[] {
  if (evaluation === undefined) return []
  const text = `how good each global model is on ${percent(evaluation.share)} of your rows, which are never trained on; every member can read it beside your name; nothing where they are fewer than ${MIN_EVALUATED_ROWS} rows`
  return [{ label: 'You also state', text }]
}
