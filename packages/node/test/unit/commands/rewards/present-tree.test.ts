import { claimTree, type RewardRoot } from '@fednode/contracts'
import { expect, it } from 'vitest'
import type { Amounts } from '../../../../src/claims/read-amounts.ts'
import { presentTree } from '../../../../src/commands/rewards/claim/present-tree.ts'

const place = { chainId: 31_337, contract: `0x${'5c'.repeat(20)}` } as const
const digestOf = (digit: string) => `0x${digit.repeat(64)}` as const
const tableOf = (digit: string, amount: bigint): Amounts => ({
  file: `${digit}.csv`,
  lines: [{ account: `0x${'aa'.repeat(20)}`, amount }],
  digest: digestOf(digit),
})
const rootOf = (epoch: number, { lines, digest }: Amounts): RewardRoot => {
  const { root, total } = claimTree({ ...place, number: BigInt(epoch) }, lines)
  return { epoch, root, total, activeFrom: 0, data: digest }
}

const [first, second] = [tableOf('1', 5n), tableOf('2', 7n)]

it('is of the root that counts, though the one that waits is of the same table', () => {
  const active = rootOf(1, first)
  const { tree, epoch } = presentTree(first, { active, pending: rootOf(2, first) }, place)
  expect({ epoch, root: tree.root }).toEqual({ epoch: 1, root: active.root })
})

it('is refused to who has the table of the root that waits, of another one, or of none', () => {
  const [active, pending] = [rootOf(1, first), rootOf(2, second)]
  const refusal = (amounts: Amounts, roots: Parameters<typeof presentTree>[1]) => () =>
    presentTree(amounts, roots, place)
  expect(refusal(second, { active, pending })).toThrow('is of root 2, which waits until')
  expect(refusal(second, { active, pending: undefined })).toThrow('is not what root 1 was made of')
  expect(refusal(first, { active: undefined, pending: undefined })).toThrow('counts yet')
})
