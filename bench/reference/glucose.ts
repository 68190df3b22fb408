import { type Dataset, loadDataset } from '../../packages/engine/src/index.ts'
import {
  type ModelTopology,
  modelSpecOf,
  type SeriesData,
} from '../../packages/protocol/src/index.ts'
import { sharedDataPath } from '../../test/lab/data/shared-data.ts'
import { pickRows } from '../../test/lab/split-digits.ts'
import { playReference } from './play-reference.ts'
import type { Reference } from './reference.ts'
import { type ReferencePlan, referenceManifest } from './reference-manifest.ts'

const TRAINED_SHARE = 0.7
/** About the mean and spread of people with diabetes, mg/dl: known beforehand, so no silo has to say anything. */
const SCALE = { mean: 150, deviation: 50 }
const COLUMN = 'cgm_mg_dl'

/** Twelve readings, 15 minutes apart, and the one half an hour after the last. */
const DATA: SeriesData = {
  kind: 'series',
  columns: [{ name: COLUMN, type: 'number', unit: 'mg/dl', missing: [''], scale: SCALE }],
  label: { column: COLUMN, unit: 'mg/dl', scale: SCALE },
  time: 'time',
  group: ['patient'],
  stepSeconds: 900,
  past: 12,
  horizon: 2,
}

const MODEL: ModelTopology = {
  className: 'Sequential',
  layers: [
    { className: 'Flatten', config: {} },
    { className: 'Dense', config: { units: 1 } },
  ],
}

/**
 * Readings of a sensor hardly differ from one to the next, which plain steps of gradients learn slowly: hence the momentum, and
 * a rate that falls. Both were looked at on type 1 within each patient's first 70 %, where a linear model solved on pooled rows has an
 * RMSE of 14.56 and 30 such rounds reach 14.60 to 14.71.
 */
const PLAN: Omit<ReferencePlan, 'seed' | 'rounds'> = {
  name: 'glucose',
  data: DATA,
  training: {
    optimizer: 'sgd',
    learningRate: 0.02,
    momentum: 0.98,
    batchSize: 256,
    steps: 100,
    schedule: { kind: 'cosine', least: 0.02 },
  },
  model: MODEL,
}

type Patients = {
  readonly name: string
  readonly file: string
  /** Largest RMSE, mg/dl. */
  readonly target: number
  readonly rounds: number
}

/** One silo per patient; RMSE on the last 30 % of each patient's windows, mean over patients. */
export const GLUCOSE: readonly Reference[] = [
  glucose({ name: 'glucose-type-1', file: 'shanghai_t1dm.csv.gz', target: 13.7, rounds: 60 }),
  {
    ...glucose({ name: 'glucose-type-2', file: 'shanghai_t2dm.csv.gz', target: 12.6, rounds: 30 }),
    isLong: true,
  },
]

function glucose({ name, file, target, rounds }: Patients): Reference {
  return {
    name,
    data: 'glucose-shanghai',
    unit: 'mg/dl',
    async play(engine, seed) {
      const { dataset } = await loadDataset(sharedDataPath('glucose-shanghai', file), DATA)
      const patients = splitPatients(dataset)
      const plan = { ...PLAN, rounds, seed }
      const { model } = await playReference(engine, plan, {
        silos: patients.map(({ train }) => train),
        // One patient's is enough to see that a round went well.
        validation: patients[0]?.test ?? dataset,
      })
      const spec = modelSpecOf(referenceManifest(plan))
      const errors = patients.map(({ test }) => engine.evaluate(spec, model, test).metrics.rmse)
      return { result: mean(errors), target: { kind: 'most', value: target } }
    },
  }
}

/** Windows of each patient by time, the first of them to train on. */
function splitPatients(windows: Dataset): { readonly train: Dataset; readonly test: Dataset }[] {
  const groups = windows.groups ?? new Int32Array(windows.count)
  const rowsOf = Map.groupBy(groups.keys(), (row) => groups[row])
  return [...rowsOf.values()].map((rows) => {
    const trained = Math.floor(TRAINED_SHARE * rows.length)
    return {
      train: pickRows(windows, rows.slice(0, trained)),
      test: pickRows(windows, rows.slice(trained)),
    }
  })
}

function mean(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, value = Number.NaN) => sum + value, 0) / values.length
}
