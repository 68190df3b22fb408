import type { Dataset } from '../../packages/engine/src/index.ts'
import type { TextData } from '../../packages/protocol/src/index.ts'
import { loadSentiment } from '../../test/lab/data/sentiment.ts'
import { toCsv, withCsvFile } from '../../test/lab/data/write-csv.ts'
import { loadAllRows, loadRows } from './load-rows.ts'
import { playReference } from './play-reference.ts'
import type { Reference } from './reference.ts'
import { splitBySilo } from './split-by-silo.ts'

const DATA: TextData & { readonly silo: string } = {
  kind: 'text',
  column: 'sentence',
  label: { column: 'label', classes: ['0', '1'] },
  silo: 'site',
  tokens: 64,
  buckets: 4_096,
}
/** As `federation init` writes it for texts, its 20 epochs in other pieces. */
const PLAN = {
  name: 'sentiment',
  data: DATA,
  rounds: 10,
  training: { optimizer: 'adam', learningRate: 0.01, batchSize: 16, epochs: 2 },
} as const

/** Reviews of three companies: accuracy on a fifth of every site's sentences, beside the best model that one site trains alone. */
export const SENTIMENT: Reference = {
  name: 'sentiment-three-sites',
  data: 'sentiment-3-sites',
  unit: 'accuracy',
  async play(engine, seed) {
    const csv = toCsv(
      ['site', 'sentence', 'label'],
      loadSentiment().map(({ site, text, label }) => [site, text, label]),
    )
    const split = await withCsvFile(csv, (file) => splitBySilo(file, DATA, seed))
    const silos = await loadAllRows(split.silos, DATA)
    const validation = await loadRows(split.heldOut, DATA)
    const accuracyOf = async (rows: readonly Dataset[]): Promise<number> => {
      const { rounds } = await playReference(engine, { ...PLAN, seed }, { silos: rows, validation })
      return rounds.at(-1)?.metrics.accuracy ?? Number.NaN
    }
    const alone: number[] = []
    for (const silo of silos) alone.push(await accuracyOf([silo]))
    return {
      result: await accuracyOf(silos),
      target: { kind: 'least', value: Math.max(...alone) },
    }
  },
}
