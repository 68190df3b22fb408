import { erc20Abi, toEventSelector, zeroAddress, zeroHash } from 'viem'
import { expect, test } from 'vitest'
import { createDecoder } from '../../../../src/indexer/fold/decode-log.ts'

const decode = createDecoder(erc20Abi)
const TRANSFER = toEventSelector('Transfer(address,address,uint256)')
const LOG = { block: 1, logIndex: 0, transaction: zeroHash, address: zeroAddress } as const

test('decodes an event of the contract, and leaves out all others', () => {
  const transfer = { ...LOG, topics: [TRANSFER, zeroHash, zeroHash], data: zeroHash }
  expect(decode(transfer)).toMatchObject({ eventName: 'Transfer', args: { value: 0n } })
  expect(decode({ ...transfer, topics: [zeroHash] })).toBe(undefined)
  expect(decode({ ...transfer, topics: [] })).toBe(undefined)
})

test.each([
  { topics: [TRANSFER, zeroHash, zeroHash], data: '0x' },
  { topics: [TRANSFER], data: zeroHash },
] as const)('an event that a node made up is no bug of ours: %j', (lie) => {
  expect(() => decode({ ...LOG, ...lie })).toThrow(
    expect.objectContaining({ code: 'EVENTS_INCONSISTENT' }),
  )
})
