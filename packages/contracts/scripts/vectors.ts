import { createPowVectors } from './pow-vectors.ts'
import { createSingleQuotes, createSwapQuotes } from './quote-vectors.ts'
import { createScheduleVectors } from './schedule-vectors.ts'
import { createStreamHistory } from './stream-vectors.ts'
import { createSwapVectors } from './swap-vectors.ts'

/** Histories: seed, and the issuance weights of the clients. */
const HISTORIES: readonly (readonly [bigint, readonly bigint[]])[] = [
  [0xfed0d4n, [1n, 1n, 1n]],
  [0xfed0d5n, [1n, 3n, 2n]],
]

/** The files of solidity/test/vectors: numbers as text, because forge reads them as uint256. */
export function createVectors(): readonly { readonly file: string; readonly text: string }[] {
  return [
    fileOf('swaps.json', { rows: createSwapVectors() }),
    fileOf('pow.json', { rows: createPowVectors() }),
    fileOf('swap-quotes.json', { rows: createSwapQuotes() }),
    fileOf('single-quotes.json', { rows: createSingleQuotes() }),
    fileOf('schedules.json', { rows: createScheduleVectors() }),
    ...HISTORIES.map(([seed, issuance], i) =>
      fileOf(`streams-${i}.json`, createStreamHistory(seed, issuance)),
    ),
  ]
}

function fileOf(file: string, content: object): { file: string; text: string } {
  const asText = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : value
  return { file, text: `${JSON.stringify(content, asText, 1)}\n` }
}
