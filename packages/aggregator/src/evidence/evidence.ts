import { MAX_EXACT_SILOS, MAX_SILOS, SHARE_UNITS } from '@fednode/protocol'
import { z } from 'zod'
import { cidColumn, siloColumn } from '../journal/columns.ts'

/** Version of the bundle's form. */
export const EVIDENCE_VERSION = 1
/** How far a recomputed utility may lie from the stated one on another back end, in 1e-12 (1e-5; see the engine's tests). */
export const UTILITY_TOLERANCE_PICO = 10_000_000
const MAX_ENVELOPE_BYTES = 65_536

const quantity = z.int()
const count = z.int().nonnegative()
const blobRef = z.strictObject({ cid: cidColumn, size: count })
const envelope = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= MAX_ENVELOPE_BYTES,
)

const siloSchema = z.strictObject({
  silo: siloColumn,
  /** Index of the client in the Scenario. */
  index: count,
  samples: count,
  update: blobRef,
  /** The silo's signed UpdateReady and the aggregator's signed Receipt, as they travelled. */
  announcement: envelope,
  receipt: envelope,
})

/** Form of a bundle; what goes with what is checked by checkEvidence. */
export const evidenceSchema = z.strictObject({
  version: z.literal(EVIDENCE_VERSION),
  manifest: cidColumn,
  chainId: count,
  scenario: z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)]),
  term: count,
  round: z.int().positive(),
  base: blobRef,
  model: blobRef,
  strategy: z.strictObject({
    name: z.literal('fedavg'),
    weighting: z.enum(['samples', 'equal']),
  }),
  estimator: z.literal('exact'),
  utility: z.enum(['accuracy', 'negative-loss']),
  validation: cidColumn,
  backend: z.enum(['wasm', 'cpu']),
  tolerancePico: count,
  /** In the order of the coalitions' bits: ascending names. */
  silos: z.array(siloSchema).max(MAX_SILOS),
  /** Length 2^silos, index is the bit set; empty in a void round. */
  utilitiesPico: z.array(quantity).max(2 ** MAX_EXACT_SILOS),
  shapleyPico: z.array(quantity).max(MAX_SILOS),
  /** One per client of the Scenario, in index order. */
  shares: z.array(z.int().min(0).max(SHARE_UNITS)).max(MAX_SILOS),
  /** Why the round pays nobody and keeps the old model; absent in an assessed round. */
  voidReason: z.enum(['TOO_FEW_UPDATES', 'DIVERGED']).exactOptional(),
})

/** Everything that somebody needs to recompute the pay of one round: signed inputs, method, and what came out. */
export type Evidence = z.infer<typeof evidenceSchema>
/** Why a round is void. */
export type VoidReason = NonNullable<Evidence['voidReason']>
