import { expect, test } from 'vitest'
import { fuzz } from '../fuzz/fuzz.ts'
import { FUZZ_TARGETS } from '../fuzz/fuzz-targets.ts'

/** A short selection: `pnpm test:fuzz` feeds each of them thousands. */
const RUNS = 60
const SEED = 1

test.each(FUZZ_TARGETS)(
  'T8, T18, T19, T27: $name takes or refuses hostile inputs, and neither crashes nor hangs',
  async (target) => {
    const { fault, inputs } = await fuzz(target, { runs: RUNS, seed: SEED })
    expect(fault).toBeUndefined()
    expect(inputs).toBe(RUNS)
  },
)
