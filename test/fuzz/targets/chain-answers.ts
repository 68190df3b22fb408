import { readAssertions, readHistory } from '../../../packages/contracts/src/index.ts'
import { fetchRange } from '../../../packages/contracts/src/indexer/fetch-range.ts'
import { decodeScenarioLog } from '../../../packages/contracts/src/indexer/fold/apply-log.ts'
import type { ChainReader } from '../../../packages/contracts/src/types.ts'
import {
  answeringReader,
  HONEST_ANSWERS,
  ANSWERED_SCENARIO as SCENARIO,
} from '../../../packages/contracts/test/support/answering-reader.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { hostileAnswers } from '../hostile-answers.ts'

const MAX_BYTES = 32 * 1_048_576
const RUNS = 3_000
/** Longest list of changes: more of them leave no answer that is looked at. */
const MOST_BYTES = 12
const TERMS = {
  chainId: 31_337,
  scenario: SCENARIO,
  pool: null,
  currency: SCENARIO,
  minClients: 1,
  rounds: 1,
  streamWindow: 60,
  bond: 0n,
} as const

/** What is made of a node's answers: wrong types, missing fields, huge numbers, other lengths. */
export const chainTargets: readonly FuzzTarget[] = [
  targetOf('history of a federation, from a node', async (reader) => {
    const { funded, asserted, settled } = await readHistory(reader, { scenario: SCENARIO })
    return funded.length + asserted.length + settled.length > 0
  }),
  targetOf('anchors of a federation, from a node', async (reader) => {
    return (await readAssertions(reader, { scenario: SCENARIO })).size > 0
  }),
  targetOf('events of the index, from a node', async (reader) => {
    const query = { terms: TERMS, clients: 0, from: 3, to: 3, parent: undefined }
    const range = await fetchRange(reader, query)
    return range?.logs.some((log) => decodeScenarioLog(log) !== undefined) ?? false
  }),
]

function targetOf(name: string, read: (reader: ChainReader) => Promise<boolean>): FuzzTarget {
  return {
    name,
    // No change at all, and some.
    corpus: [new Uint8Array(0), Uint8Array.of(0, 1), Uint8Array.of(9, 5, 20, 2, 31, 14, 40, 0)],
    parse: (program) =>
      read(answeringReader(hostileAnswers(HONEST_ANSWERS, program.subarray(0, MOST_BYTES)))),
    maxBytes: MAX_BYTES,
    runs: RUNS,
  }
}
