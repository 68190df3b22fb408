import {
  ESTIMATOR_NAMES,
  MAX_CLASSES,
  MAX_EVALUATIONS,
  MAX_MANIFEST_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_ROUNDS,
  MAX_SILOS,
  printable,
  SHARE_UNITS,
} from '@fednode/protocol'
import { z } from 'zod'
import { findingSchema } from '../detection/finding.ts'
import { blobRefColumn, cidColumn, siloColumn } from '../journal/columns.ts'

/** Version of the bundle's form. */
export const EVIDENCE_VERSION = 2
/** Distinct coalitions of one round: those of the budget, and the empty and the full one. */
const MAX_COALITIONS = MAX_EVALUATIONS + 2
/** One model-sized vector per silo, and what the server keeps itself. */
const MAX_STATE_VECTORS = MAX_SILOS + 16
/** A finding names one silo and at most one other. */
const MAX_FINDINGS = 4 * MAX_SILOS
const MAX_SOFTWARE_LENGTH = 64

const quantity = z.int()
const count = z.int().nonnegative()
/** A long list as one thing: an issue for each of millions of items would take all memory. */
const quantities = (limit: number) => z.custom<number[]>((value) => areQuantities(value, limit))
const bytesUpTo = (limit: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= limit)
const bytes32 = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 32)
const envelope = bytesUpTo(MAX_MESSAGE_BYTES)

const siloSchema = z.strictObject({
  silo: siloColumn,
  /** Index of the client in the Scenario. */
  index: count,
  samples: count,
  /** Local SGD steps: they follow from samples and the training plan. */
  steps: count,
  update: blobRefColumn,
  /** The silo's signed UpdateReady and the aggregator's signed Receipt, as they travelled. */
  announcement: envelope,
  receipt: envelope,
})

const stateRefs = z
  .array(z.strictObject({ name: z.string().regex(/^[a-z0-9/-]{1,64}$/), blob: blobRefColumn }))
  .max(MAX_STATE_VECTORS)

/** Form of a bundle; what goes with what is checked by checkEvidence. */
export const evidenceSchema = z.strictObject({
  version: z.literal(EVIDENCE_VERSION),
  /** Name and version of what computed it; whoever verifies it reads this on a terminal (T23). */
  software: z
    .string()
    .min(1)
    .max(MAX_SOFTWARE_LENGTH)
    .refine((text) => printable(text, MAX_SOFTWARE_LENGTH) === text),
  manifest: cidColumn,
  /** The manifest itself, as encodeManifest writes it: strategy, compression, estimator, utility, validation set, tolerance. */
  manifestBytes: bytesUpTo(MAX_MANIFEST_BYTES),
  chainId: count,
  scenario: z.templateLiteral(['0x', z.string().regex(/^[0-9a-f]{40}$/)]),
  term: count,
  round: z.int().positive().max(MAX_ROUNDS),
  /** Evidence of the round before; absent in round 1. */
  previous: blobRefColumn.exactOptional(),
  base: blobRefColumn,
  model: blobRefColumn,
  /** Vectors that the strategy came with and left, ascending names. */
  stateBefore: stateRefs,
  stateAfter: stateRefs,
  /** The aggregator's signed RoundOpen: commitment, block, base and manifest. */
  roundOpen: envelope,
  /** What the commitment was of, and the seed of all draws, see roundSeed. */
  reveal: bytes32,
  seed: bytes32,
  backend: z.enum(['wasm', 'cpu']),
  /** In the order of the coalitions' bits: ascending names. */
  silos: z.array(siloSchema).max(MAX_SILOS),
  /** How much each update counted in the new model, in 1e-12, in the order of `silos`; empty when no model was made. */
  countedPico: z.array(quantity).max(MAX_SILOS),
  estimator: z.enum(ESTIMATOR_NAMES).exclude(['auto']),
  /** Distinct coalitions that the estimator used; the empty and the full one may be measured besides. */
  evaluations: count.max(MAX_EVALUATIONS),
  stoppedBy: z.enum(['complete', 'evaluations', 'standard-error', 'seconds', 'converged']),
  /** What was measured, in this order, see encodeCoalitions; empty when nothing was. */
  coalitions: bytesUpTo(MAX_COALITIONS * Math.ceil(MAX_SILOS / 8)),
  /** One per coalition. */
  utilitiesPico: quantities(MAX_COALITIONS),
  /** Recall per class of each coalition, when the manifest asks for it. */
  classesPico: z
    .custom<number[][]>(
      (value) =>
        Array.isArray(value) &&
        value.length <= MAX_COALITIONS &&
        value.every((classes) => areQuantities(classes, MAX_CLASSES)),
    )
    .exactOptional(),
  /** Per silo, in the order of `silos`. */
  valuesPico: z.array(quantity).max(MAX_SILOS),
  standardErrorsPico: z.array(count).max(MAX_SILOS),
  /** One per client of the Scenario, in index order. */
  shares: z.array(z.int().min(0).max(SHARE_UNITS)).max(MAX_SILOS),
  /** Updates that add nothing of their own. */
  findings: z.array(findingSchema).max(MAX_FINDINGS),
  /** Why the round pays nobody; absent in a paid round. But for NO_GAIN nothing was measured and the old model stays. */
  voidReason: z.enum(['TOO_FEW_UPDATES', 'DIVERGED', 'NO_GAIN']).exactOptional(),
})

function areQuantities(value: unknown, limit: number): boolean {
  return Array.isArray(value) && value.length <= limit && value.every(Number.isSafeInteger)
}

/** Everything that somebody needs to recompute the pay of one round: signed inputs, method, and what came out. */
export type Evidence = z.infer<typeof evidenceSchema>
/** Why a round is void. */
export type VoidReason = NonNullable<Evidence['voidReason']>
