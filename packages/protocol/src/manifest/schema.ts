import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { DISCLOSURE_FLOOR, MAX_ROUNDS, MAX_SAMPLES, MAX_SILOS } from '../limits.ts'
import { contributionSchema } from './contribution-schema.ts'
import { dataSchema } from './data-schema.ts'
import { address, amount, line, list, mapOf, positive, real, word } from './fields.ts'
import { memberSchema } from './member-schema.ts'
import { compressionSchema, strategySchema } from './strategy-schema.ts'
import { topologySchema } from './topology-schema.ts'
import { trainingSchema } from './training-schema.ts'
import type { ChainManifest, MemberManifest } from './types.ts'

const MAX_DESCRIPTION = 2_000
const WEEK_SECONDS = 604_800
const MONTH_SECONDS = 2_592_000
const YEAR_SECONDS = 31_536_000
const MAX_BATCH = 1_000_000
const MAX_SEED = 4_294_967_295
const MAX_NORM = 1e9
const MAX_EVALUATED_SHARE = 0.5
/** The bounds of ScenarioParams and AttesterResolver. */
const MAX_ISSUANCE = 100
const MAX_ATTESTERS = 21

const nameText = 'a name of 1 to 40 characters a-z 0-9 -'

const rounds = mapOf({
  count: integer(1, MAX_ROUNDS),
  deadlineSeconds: integer(1, WEEK_SECONDS),
  minSilos: integer(1, MAX_SILOS),
  maxSilos: integer(1, MAX_SILOS),
  targetShare: positive(1).exactOptional(),
  sampleShare: positive(1).exactOptional(),
})

const schedule = z.discriminatedUnion(
  'kind',
  [
    mapOf({ kind: z.literal('fixed') }),
    // Ratios travel to the chain with nine decimals: one closer to 1 would become 1, which is another kind.
    mapOf({ kind: z.literal('geometric'), ratio: real(0.5, 0.999999) }),
  ],
  { error: 'a map with the key kind, "fixed" or "geometric"' },
)

const reward = mapOf({
  perRound: amount,
  schedule: schedule.exactOptional(),
  // The bounds of ScenarioParams.
  streamSeconds: integer(60, MONTH_SECONDS),
  challengeSeconds: integer(0, MONTH_SECONDS),
})

const market = mapOf({
  tokensPerSilo: amount,
  siloBps: integer(0, 10_000),
  poolBps: integer(0, 10_000),
  federatorBps: integer(0, 10_000),
  seedCurrency: amount,
  currencyWeight: real(0.2, 0.8),
  swapFee: real(0.0005, 0.1),
  maxIssuance: integer(2, MAX_ISSUANCE).exactOptional(),
})

const dispute = mapOf({
  bond: amount,
  resolver: address.exactOptional(),
  attesters: list(address, 1, MAX_ATTESTERS).exactOptional(),
  threshold: integer(1, MAX_ATTESTERS).exactOptional(),
})

const yesOrNo = z.boolean({ error: 'true or false' })
const categoryTerms = mapOf({
  // What a silo is asked to go below the usual floor for, its administrator has to name (PLAN_RARE_VALUES).
  minimumRows: integer(1, MAX_BATCH).exactOptional(),
  minimumSilos: integer(1, MAX_SILOS).exactOptional(),
})
const preprocessing = mapOf({
  standardise: yesOrNo,
  impute: yesOrNo,
  // Fewer values could be told apart in their sum.
  minimumRows: integer(DISCLOSURE_FLOOR, MAX_BATCH).exactOptional(),
  categories: categoryTerms.exactOptional(),
})

const core = {
  version: z.literal(1, { error: '1' }),
  name: z.string({ error: nameText }).regex(/^[a-z0-9-]{1,40}$/, { error: nameText }),
  description: line(0, MAX_DESCRIPTION),
  task: word(['classification', 'regression', 'survival', 'anomaly']),
  data: dataSchema,
  preprocessing: preprocessing.exactOptional(),
  model: topologySchema,
  training: trainingSchema,
  strategy: strategySchema,
  compression: compressionSchema.exactOptional(),
  rounds,
  contribution: contributionSchema,
  evaluation: mapOf({ share: positive(MAX_EVALUATED_SHARE) }).exactOptional(),
  privacy: mapOf({ minimumRows: integer(1, MAX_BATCH), minimumBatch: integer(1, MAX_BATCH) }),
  limits: mapOf({
    updateNorm: positive(MAX_NORM),
    maxRows: integer(1, MAX_SAMPLES).exactOptional(),
  }),
}
const seed = integer(0, MAX_SEED)

/** Schema of a manifest for a chain, key by key. What keys must be to each other is checked by manifestRules. */
export const chainManifestSchema: z.ZodType<ChainManifest> = mapOf({
  ...core,
  reward,
  market,
  dispute: dispute.exactOptional(),
  guardian: address.exactOptional(),
  registration: mapOf({
    open: z.boolean({ error: 'true or false' }),
    deadlineSeconds: integer(1, YEAR_SECONDS),
  }),
  seed,
})

/** Schema of a manifest that names its members itself. */
export const memberManifestSchema: z.ZodType<MemberManifest> = mapOf({
  ...core,
  chain: word(['none']),
  members: memberSchema,
  seed,
})
