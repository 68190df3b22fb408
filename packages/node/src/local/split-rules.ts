import type { SplitRules } from '@fednode/engine'
import type { Manifest } from '@fednode/protocol'

/** Part of every silo's rows that the aggregator measures models with. */
const HELD_OUT_SHARE = 0.2
/** Of a table that is split here; what a silo reads itself may be larger than memory. */
const MAX_CHARACTERS = 268_435_456

/** How `fednode up --data FILE` splits a file, by what its manifest says. */
export function splitRulesOf({
  seed,
  privacy,
  rounds,
}: Pick<Manifest, 'seed'> & {
  readonly privacy: Pick<Manifest['privacy'], 'minimumRows'>
  readonly rounds: Pick<Manifest['rounds'], 'maxSilos'>
}): SplitRules {
  const { minimumRows } = privacy
  const { maxSilos } = rounds
  return { share: HELD_OUT_SHARE, seed, minimumRows, maxSilos, maxCharacters: MAX_CHARACTERS }
}
