import { concatHex, type Hex, pad, size, toFunctionSelector, toHex } from 'viem'

/**
 * Creation code of a contract that answers one view with one word and reverts on everything else: PUSH4 selector, compare, return.
 * Enough to pose as somebody else's Scenario or Orchestrator.
 */
export function lookAlike(signature: string, word: Hex): Hex {
  const selector = toFunctionSelector(signature)
  // calldataload(0) >> 224 == selector ? jump to 0x11 : revert
  const head = concatHex(['0x5f3560e01c63', selector, '0x146011575f5ffd5b'])
  const runtime = concatHex([head, '0x7f', pad(word, { size: 32 }), '0x5f5260205ff3'])
  const length = toHex(size(runtime), { size: 1 })
  // codecopy(0, 9, length); return(0, length)
  return concatHex(['0x60', length, '0x80', '0x60', '0x09', '0x5f39', '0x5ff3', runtime])
}
