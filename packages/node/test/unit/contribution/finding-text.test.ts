import type { Finding } from '@fednode/aggregator'
import type { SiloName } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { findingText } from '../../../src/contribution/finding-text.ts'

const [A, B] = ['silo-a', 'silo-b'] as SiloName[] as [SiloName, SiloName]

test.each<[Finding, string]>([
  [
    { code: 'NO_OP', silo: A, measurePico: 20_000 },
    'silo-a sent the model back as it came (relative change 2.0e-8)',
  ],
  [
    { code: 'REPLAY', silo: A, with: A, round: 2, measurePico: 0 },
    'silo-a sent what it sent in round 2',
  ],
  [{ code: 'COPY', silo: B, with: A, measurePico: 0 }, 'silo-b and silo-a sent the same'],
  [
    { code: 'COMBINATION', silo: B, measurePico: 1_000_000 },
    'silo-b sent a combination of what others sent (a part of 1.0e-6 is its own)',
  ],
  [
    { code: 'NEAR_DUPLICATE', silo: B, with: A, measurePico: 999_800_000_000 },
    'silo-b and silo-a sent nearly the same (cosine of their changes 0.999800)',
  ],
])('a finding is one plain sentence: %o', (finding, sentence) => {
  expect(findingText(finding)).toBe(sentence)
})
