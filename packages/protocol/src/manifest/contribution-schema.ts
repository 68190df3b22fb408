import { z } from 'zod'
import { isCid } from '../ids.ts'
import { integer } from '../integer-field.ts'
import { MAX_EVALUATIONS } from '../limits.ts'
import { isPeerId } from '../peer-id.ts'
import { list, mapOf, positive, real, word } from './fields.ts'
import { ESTIMATOR_NAMES, UTILITY_NAMES } from './method-names.ts'
import type { ContributionSpec } from './types.ts'

const MAX_SECONDS = 86_400
const MAX_VERIFIERS = 21
/** Smallest difference of two utilities that is kept; see toPico. */
const MIN_UTILITY = 1e-12

const budget = mapOf({
  evaluations: integer(1, MAX_EVALUATIONS).exactOptional(),
  standardError: real(MIN_UTILITY, 1).exactOptional(),
  seconds: integer(1, MAX_SECONDS).exactOptional(),
})

/** How contributions are measured. */
export const contributionSchema: z.ZodType<ContributionSpec> = mapOf({
  estimator: word(ESTIMATOR_NAMES),
  utility: word(UTILITY_NAMES),
  validation: z.string({ error: 'a CID' }).refine(isCid, 'a CID'),
  validationShare: positive(1).exactOptional(),
  budget: budget.exactOptional(),
  classWise: z.boolean({ error: 'true or false' }).exactOptional(),
  minimumGain: real(0, 1_000).exactOptional(),
  tolerance: real(MIN_UTILITY, 0.1).exactOptional(),
  verifiers: list(
    z.string({ error: 'a peer id' }).refine(isPeerId, 'a peer id such as "12D3KooW…"'),
    1,
    MAX_VERIFIERS,
  ).exactOptional(),
})
