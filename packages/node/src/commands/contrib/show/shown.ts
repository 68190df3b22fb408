import type { RoundRecord } from '@fednode/aggregator'
import type { SiloValues } from '../../../contribution/silo-values.ts'

/** What was journaled of the rounds: all silos' values by the aggregator, its own by a silo. */
export type Shown = {
  readonly scenario: string
  /** Of this federation, in the data directory. */
  readonly directory: string
  readonly role: 'aggregator' | 'silo'
  readonly silos: readonly SiloValues[]
  /** The aggregator's; a silo has none. */
  readonly records: readonly RoundRecord[]
}
