import { expect, test } from 'vitest'
import {
  createStakeBook,
  delegateTo,
  undelegateFrom,
} from '../../../../src/model/network/stake-book.ts'

test('knows nobody but its own delegators', () => {
  const terms = { now: 0n, thawing: 10n, commission: 1_000n, own: 100n, delegators: 2 }
  const book = createStakeBook(terms)
  delegateTo(book, 2, 5n)
  const refusal = { info: { code: 'UNKNOWN_DELEGATOR', owner: 3 } }
  expect(() => delegateTo(book, 3, 5n)).toThrow(expect.objectContaining(refusal))
  expect(() => undelegateFrom(book, 3, 5n)).toThrow(expect.objectContaining(refusal))
})
