import { concatHex, type Hex, pad, size, toHex } from 'viem'

/** Creation code of a contract that answers every call with the same words, at most 6. */
export function yesMan(words: readonly Hex[]): Hex {
  const stores = words.map((word, at) =>
    concatHex(['0x7f', pad(word, { size: 32 }), '0x60', toHex(32 * at, { size: 1 }), '0x52']),
  )
  const end = concatHex(['0x60', toHex(32 * words.length, { size: 1 }), '0x5ff3'])
  const runtime = concatHex([...stores, end])
  const length = toHex(size(runtime), { size: 1 })
  // codecopy(0, 9, length); return(0, length)
  return concatHex(['0x60', length, '0x80', '0x60', '0x09', '0x5f39', '0x5ff3', runtime])
}
