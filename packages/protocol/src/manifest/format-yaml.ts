import { Document, isMap, isPair, isScalar, visit } from 'yaml'
import type { TaskName } from './data-types.ts'
import type { Manifest } from './types.ts'

/** What each section is about, for the person who edits or approves it. */
const COMMENTS: Readonly<Record<string, string>> = {
  name: 'Everything that a silo approves before it takes part. Names: a-z 0-9 -',
  data: 'What a row is. A silo whose file does not fit is told so before round 1.',
  preprocessing:
    'Before round 1 the silos find means and deviations of number columns together, none over fewer than 10 values. Categories: docs/DATA.md.',
  training: 'What each silo does each round, the same everywhere.',
  strategy: 'How updates become the next model; methods and their options: docs/CONTRIBUTION.md.',
  compression: 'How updates travel: none, fp16, int8, or top-k with a ratio.',
  rounds:
    'A round ends when all updates are in, or at its deadline with at least minSilos; with a targetShare also when that part is in and the others are slower than usual.',
  contribution:
    'How updates are valued: "exact" evaluates every coalition, "auto" samples above 12 silos; validation is the CID of the held-out file.',
  evaluation:
    'Part of its rows that each silo holds back to measure every global model on, and to state the metrics by its name.',
  privacy: 'Floors: a silo with fewer rows, or a plan with smaller batches, is refused.',
  limits:
    'Largest L2 norm of the change that one update may make; maxRows: most rows that a silo may state.',
  chain: 'none: no chain, no keys to accounts, no money; values are measured and signed.',
  members: 'Who takes part, by the peer id that  fednode init  prints.',
  reward: 'Currency a round; it streams to token holders after the challenge window.',
  market: 'Tokens of each silo, their split in 1/100 of a percent, and the pool (shares of 1).',
  dispute:
    'Staked on every outcome; who wins a dispute gets half of the other stake, the round the rest.',
  guardian: 'May pause the market and new rounds for 3 days at a time, never claims and exits.',
  registration: 'open: anyone may register; otherwise only accounts that the federator allowed.',
  seed: 'Seeds initial weights and shuffles.',
}

/** What the last layer of a model gives, which checkTopology asks for. */
const LAST_LAYERS: Readonly<Record<TaskName, string>> = {
  classification: 'a softmax unit per class',
  regression: 'one unit, the number',
  survival: 'one unit, the log-risk',
  anomaly: 'a unit for each number of a row, which it gives back',
}

/** A manifest as YAML for people, one comment per section; parseManifestYaml reads back the same manifest. */
export function formatManifestYaml(manifest: Manifest): string {
  // One scale in two places is written twice: a manifest has no aliases.
  const document = new Document(manifest, { aliasDuplicateObjects: false })
  const comments = {
    ...COMMENTS,
    model: `Layers as data, never code. The last one has ${LAST_LAYERS[manifest.task]}.`,
  }
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) comment(pair, comments)
  }
  // Lists of plain values on one line: [28, 28]
  visit(document, {
    Seq: (_, list) => {
      list.flow = list.items.every(isScalar)
    },
  })
  return document.toString({ lineWidth: 100, flowCollectionPadding: false })
}

function comment(pair: unknown, comments: Readonly<Record<string, string>>): void {
  if (!isPair(pair) || !isScalar(pair.key)) return
  const text = comments[String(pair.key.value)]
  if (text !== undefined) pair.key.commentBefore = ` ${text}`
}
