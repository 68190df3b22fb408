import { splitRows, type TrainingRows } from '@fednode/engine'
import { type Manifest, MIN_EVALUATED_ROWS, type SiloName } from '@fednode/protocol'
import { overlapOf } from '../plan/overlap-of.ts'
import { trainSeed } from './train-seed.ts'

/** Rows to train on, and others that tell how good the global model is here; none where the manifest asks for none, or they are too few. */
export type EvaluatedRows = { readonly trained: TrainingRows; readonly held?: TrainingRows }

/** No round: the same rows are held back in all of them. */
const ALL_ROUNDS = 0

/**
 * Splits a silo's rows as manifest.evaluation says, the same way in every round and after every restart.
 * @returns a function that splits a data set once, whoever asks.
 */
export function evaluatedRows({
  manifest,
  name,
}: {
  readonly manifest: Pick<Manifest, 'data' | 'evaluation' | 'seed'>
  readonly name: SiloName
}): (rows: TrainingRows) => Promise<EvaluatedRows> {
  const { data, evaluation, seed } = manifest
  let split: { readonly of: TrainingRows; readonly made: Promise<EvaluatedRows> } | undefined
  return (rows) => {
    if (split?.of === rows) return split.made
    const share = evaluation?.share ?? 0
    const isEnough = Math.floor(share * rows.count) >= MIN_EVALUATED_ROWS
    const made = isEnough
      ? splitRows(rows, {
          share,
          seed: trainSeed({ seed, round: ALL_ROUNDS, silo: name }),
          ...overlapOf(data),
        })
      : Promise.resolve({ trained: rows })
    split = { of: rows, made }
    return made
  }
}
