import { parseRpcUrl } from '../../../packages/contracts/src/rpc-url.ts'
import { listenAddress } from '../../../packages/node/src/framework/value-type.ts'
import {
  isCid,
  isPeerId,
  isSiloName,
  printable,
  publicKeyOfPeerId,
} from '../../../packages/protocol/src/index.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { textBytes, textOf } from '../text-bytes.ts'

const MAX_BYTES = 8 * 1_048_576
const PEER = '12D3KooWPN2KriVeNLifqfzzpPdjW3He4tCxupxwdQhuPn43y1mF'
const CID = 'bafkreiexbkbjks5f7notzap7ysaaywvrpevppebdyvwypzp3gtgh3vnbxm'

/** Texts that name things, and texts for a terminal. */
export const textTargets: readonly FuzzTarget[] = [
  {
    name: 'names and ids',
    corpus: textBytes(PEER, CID, 'hospital-a'),
    parse: (bytes) => {
      const text = textOf(bytes)
      return (
        isCid(text) || isSiloName(text) || (isPeerId(text) && publicKeyOfPeerId(text).length === 32)
      )
    },
    maxBytes: MAX_BYTES,
  },
  {
    name: 'addresses',
    corpus: textBytes(
      ...['https://user:pass@rpc.example:8545/path?key=1', 'ws://[::1]:8546', 'file:///etc/passwd'],
      `/ip4/10.0.0.1/tcp/4001/p2p/${PEER}`,
    ),
    parse: (bytes) => {
      const text = textOf(bytes)
      return listenAddress.parse(text) !== undefined || parseRpcUrl(text) !== undefined
    },
    maxBytes: MAX_BYTES,
  },
  {
    name: 'text for a terminal',
    corpus: textBytes('\u001b[2Jhospital \u202eb', 'one\ntwo\r\u0007', 'plain ü 漢字'),
    parse: (bytes) => {
      const text = printable(textOf(bytes))
      // Control characters, bidirectional overrides and line ends (T23).
      const isClean = !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text)
      if (!isClean) throw new RangeError(`"${text}" reached the terminal`)
      return true
    },
    maxBytes: MAX_BYTES,
  },
]
