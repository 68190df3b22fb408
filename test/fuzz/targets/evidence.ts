import { encodeEvidence, parseEvidence } from '../../../packages/aggregator/src/index.ts'
import { sampleEvidence } from '../../../packages/aggregator/test/support/sample-evidence.ts'
import { explainFailure } from '../../../packages/contracts/src/explain-failure.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { textBytes } from '../text-bytes.ts'

const MAX_BYTES = 32 * 1_048_576
/** NotFederator(address) and Error(string) with their arguments, as a node returns them. */
const REVERTS = [
  `08c379a0${'20'.padStart(64, '0')}${'05'.padStart(64, '0')}${'68656c6c6f'.padEnd(64, '0')}`,
  `4e487b71${'11'.padStart(64, '0')}`,
]

/** What an aggregator vouches for, and what a node answers. */
export const evidenceTargets: readonly FuzzTarget[] = [
  {
    name: 'evidence',
    corpus: [encodeEvidence(await sampleEvidence(3, (coalition) => Number(coalition) * 1_000))],
    parse: (bytes) => parseEvidence(bytes) !== undefined,
    maxBytes: MAX_BYTES,
  },
  {
    name: 'revert of a contract',
    corpus: [
      ...REVERTS.map((hex) => Uint8Array.from(Buffer.from(hex, 'hex'))),
      ...textBytes('revert'),
    ],
    parse: (bytes) => {
      const data = `0x${Buffer.from(bytes).toString('hex')}`
      return explainFailure({ cause: { data: { data } } }).message.length > 0
    },
    maxBytes: MAX_BYTES,
  },
]
