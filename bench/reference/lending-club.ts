import { inferData } from '../../packages/engine/src/index.ts'
import type { TabularData } from '../../packages/protocol/src/index.ts'
import { LabDataError } from '../../test/lab/data/lab-data-error.ts'
import { sharedDataPath } from '../../test/lab/data/shared-data.ts'
import { federatedScales } from './federated-scales.ts'
import { loadAllRows, loadRows } from './load-rows.ts'
import { playReference } from './play-reference.ts'
import type { Reference } from './reference.ts'
import type { ReferencePlan } from './reference-manifest.ts'
import { pooledRows, splitBySilo } from './split-by-silo.ts'

const FILE = 'lending_club.csv.gz'
const STATE = 'addr_state'
/** As `federation init` writes them for a class, but for batch and epochs: a state has few loans, one in twenty of them bad. */
const TRAINING: ReferencePlan['training'] = {
  optimizer: 'sgd',
  learningRate: 0.05,
  batchSize: 32,
  epochs: 10,
}
const ROUNDS = 20
/** How far below pooled training a federation may stay. */
const MARGIN = 0.02

/** Loans, one silo per state, by the schema that `federation init` guesses: AUC on a fifth of every state's loans. */
export const LENDING_CLUB: Reference = {
  name: 'lending-club-by-state',
  data: 'lending-club',
  unit: 'auc',
  async play(engine, seed) {
    const { data: guessed, file } = await schema()
    const { silos, heldOut } = await splitBySilo(file, guessed, seed)
    const data = await federatedScales(guessed, silos)
    const rows = await loadAllRows(silos, data)
    const validation = await loadRows(heldOut, data)
    const plan = { name: 'lending-club', data, rounds: ROUNDS, training: TRAINING, seed }
    const federated = await playReference(engine, plan, { silos: rows, validation })
    const pooled = await playReference(engine, plan, { silos: [pooledRows(rows)], validation })
    return {
      result: federated.rounds.at(-1)?.metrics.auc ?? Number.NaN,
      target: {
        kind: 'least',
        value: (pooled.rounds.at(-1)?.metrics.auc ?? Number.NaN) - MARGIN,
      },
    }
  },
}

async function schema(): Promise<{
  readonly data: TabularData & { readonly silo: string }
  readonly file: string
}> {
  const file = sharedDataPath('lending-club', FILE)
  const { data } = await inferData(file, { label: 'Class', silo: STATE })
  if (data.kind !== 'table') throw new LabDataError(FILE, `a schema of the kind ${data.kind}`)
  return { data: { ...data, silo: STATE }, file }
}
