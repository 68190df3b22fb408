import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/address.ts'

const CHECKSUMMED = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

describe('parseAddress', () => {
  it.each([
    CHECKSUMMED,
    CHECKSUMMED.toLowerCase(),
    ` ${CHECKSUMMED}\n`,
    `0x${CHECKSUMMED.slice(2).toUpperCase()}`,
  ])('reads %j', (text) => {
    expect(parseAddress(text)).toBe(CHECKSUMMED)
  })

  it.each([
    ['0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266', 'has a wrong checksum'],
    ['0x1234', 'is not 0x and 40 hex digits'],
    [CHECKSUMMED.slice(2), 'is not 0x and 40 hex digits'],
    ['vitalik.eth', 'is not 0x and 40 hex digits'],
    ['', 'is not 0x and 40 hex digits'],
    ['x'.repeat(5_000), 'is not 0x and 40 hex digits'],
  ])('refuses %j because it %s', (text, why) => {
    const error = expect.objectContaining({
      message: expect.stringContaining(why),
      info: expect.objectContaining({ code: 'BAD_ADDRESS', fault: 'usage' }),
    })
    expect(() => parseAddress(text)).toThrow(error)
  })
})
