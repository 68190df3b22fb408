import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { FederationPlan } from '../../../packages/node/src/local/plan.ts'
import { draftManifest } from '../../../packages/node/src/plan/draft-manifest.ts'
import {
  type ChainManifest,
  checkManifest,
  cidOfBytes,
  isSiloName,
  type SiloName,
} from '../../../packages/protocol/src/index.ts'
import { FaultError } from './fault-error.ts'
import { seededRandom } from './seeded-random.ts'

const SILO_ROWS = 60
const VALIDATION_ROWS = 60
const SEED = 7

/** What a test changes in the smallest federation. */
export type TinyTerms = {
  readonly silos: number
  readonly rounds: number
  /** @default as many as there are silos: every round waits for everybody, and ends with the same model whatever happened */
  readonly minSilos?: number
  /** @default 120 */
  readonly deadlineSeconds?: number
  /** Part of the silos that a round waits for. @default all */
  readonly targetShare?: number
  /** Of the silos, the last so many are registered and have no process. @default 0 */
  readonly absent?: number
}

/** Lays out a federation of a logistic model over two columns; a round of it takes well below a second of work. */
export async function tinyPlan(directory: string, terms: TinyTerms): Promise<FederationPlan> {
  const validationFile = path.join(directory, 'validation.csv')
  const rows = table(VALIDATION_ROWS, 1)
  await writeFile(validationFile, rows, { mode: 0o600 })
  const silos = Array.from({ length: terms.silos }, (_, index) => ({
    name: siloName(index + 1),
    file: path.join(directory, `silo-${index + 1}.csv`),
    flippedShare: 0,
  }))
  for (const [index, { file }] of silos.entries()) {
    await writeFile(file, table(SILO_ROWS, index + 2), { mode: 0o600 })
  }
  return { manifest: manifestOf(terms, rows), validationFile, silos }
}

function siloName(number: number): SiloName {
  const name = `silo-${number}`
  if (isSiloName(name)) return name
  throw new FaultError(`"${name}" is no name`, { code: 'WRONG_OUTCOME' })
}

function manifestOf(terms: TinyTerms, validation: string): ChainManifest {
  const { silos, rounds, minSilos = silos, deadlineSeconds = 120 } = terms
  const draft = draftManifest({
    name: 'faults',
    data: {
      kind: 'table',
      columns: [
        { name: 'age', type: 'number', unit: 'years' },
        { name: 'marker', type: 'number', unit: '1' },
      ],
      label: { column: 'ill', classes: ['no', 'yes'] },
      missingRows: 'refuse',
    },
    validation: cidOfBytes(Buffer.from(validation)),
    rounds,
    strategy: 'fedavg',
    estimator: 'exact',
    utility: 'negative-loss',
    minSilos,
    maxSilos: silos,
    hidden: [],
    deadlineSeconds,
    registrationSeconds: 600,
    reward: '100',
    market: undefined,
    seed: SEED,
  })
  const reward = { ...draft.reward, challengeSeconds: 1 }
  const { targetShare } = terms
  const roundTerms = targetShare === undefined ? draft.rounds : { ...draft.rounds, targetShare }
  const checked = checkManifest({ ...draft, rounds: roundTerms, reward })
  if (checked.ok && checked.manifest.chain === undefined) return checked.manifest
  throw new FaultError(JSON.stringify(checked), { code: 'WRONG_OUTCOME' })
}

/** Rows in which age and marker decide, the same for the same seed. */
function table(rows: number, seed: number): string {
  const random = seededRandom(seed)
  const lines = Array.from({ length: rows }, () => {
    const [age, marker] = [2 * random() - 1, 2 * random() - 1]
    return `${age.toFixed(3)},${marker.toFixed(3)},${age + marker > 0 ? 'yes' : 'no'}`
  })
  return ['age,marker,ill', ...lines, ''].join('\n')
}
