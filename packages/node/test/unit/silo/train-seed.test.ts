import type { SiloName } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { trainSeed } from '../../../src/silo/train-seed.ts'

// First 32 bits of SHA-256 as printed by coreutils' sha256sum.
const FIXED = 1098390104
const silo = 'a' as SiloName

test('the seed of a silo in a round is fixed for ever', () => {
  expect(trainSeed({ seed: 1, round: 1, silo })).toBe(FIXED)
})

test('rounds, silos and manifests shuffle differently', () => {
  const seeds = [
    trainSeed({ seed: 1, round: 1, silo }),
    trainSeed({ seed: 1, round: 2, silo }),
    trainSeed({ seed: 2, round: 1, silo }),
    trainSeed({ seed: 1, round: 1, silo: 'b' as SiloName }),
    // Fields are separated: round 1 of seed 11 is not round 11 of seed 1.
    trainSeed({ seed: 11, round: 1, silo }),
    trainSeed({ seed: 1, round: 11, silo }),
  ]
  expect(new Set(seeds).size).toBe(seeds.length)
})
