import { optional, repeated, toggle } from '../../framework/option.ts'
import { filePath, integer, text } from '../../framework/value-type.ts'

/** More rounds than anybody waits for on one machine. */
const MAX_LOCAL_ROUNDS = 1_000

export const upArguments = {
  manifest: optional(filePath('MANIFEST'), 'federation.yaml; the bundled example when left out'),
} as const

export const upOptions = {
  data: repeated(text('NAME=FILE'), 'data of one silo; once for each silo'),
  validation: optional(filePath(), 'held-out rows of the aggregator, as named in the manifest'),
  rounds: optional(integer('N', 1, MAX_LOCAL_ROUNDS), 'rounds, instead of what the manifest says'),
  out: optional(
    filePath('DIR'),
    'directory of this run (default: .fednode/runs/<time>; of these the last 3 keep their weights)',
  ),
  keep: toggle("keep the silos' directories, keys and data files too"),
  noReport: toggle('write no HTML report'),
} as const
