import { type Address, concatHex, type Hex, size, toHex } from 'viem'

/**
 * Creation code of a token that has 6 decimals and else does what another one's code does, with balances of its own: `decimals()`
 * answers 6, everything else is delegated.
 */
export function sixDecimals(code: Address): Hex {
  const isDecimals = '0x5f3560e01c63313ce5671460'
  const delegate = concatHex(['0x365f5f375f5f365f73', code, '0x5af43d5f5f3e60'])
  const body = concatHex([delegate, toHex(0x37, { size: 1 }), '0x573d5ffd5b3d5ff3'])
  const head = concatHex([isDecimals, toHex(0x3b, { size: 1 }), '0x57'])
  const runtime = concatHex([head, body, '0x5b60065f5260205ff3'])
  const length = toHex(size(runtime), { size: 1 })
  // codecopy(0, 9, length); return(0, length)
  return concatHex(['0x60', length, '0x80', '0x60', '0x09', '0x5f39', '0x5ff3', runtime])
}
