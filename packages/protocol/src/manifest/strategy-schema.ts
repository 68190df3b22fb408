import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_SILOS } from '../limits.ts'
import { mapOf, oneOf, positive, real, word } from './fields.ts'
import { STRATEGY_NAMES } from './method-names.ts'
import type { CompressionSpec, StrategySpec } from './types.ts'

const MAX_RATE = 1_000
const MAX_NORM = 1e9
const MAX_ITERATIONS = 1_000
/** A decay of 1 would never forget, and never move. */
const MAX_DECAY = 0.999999
const MIN_SMALL = 1e-12
const MAX_ATTACKERS = Math.floor(MAX_SILOS / 2)

const weighting = word(['samples', 'equal'])
/** Robust methods count every silo once: nobody gains weight by saying that it has many rows. */
const equal = word(['equal'])
const serverLearningRate = positive(MAX_RATE).exactOptional()
const decay = real(0, MAX_DECAY).exactOptional()
const attackers = integer(0, MAX_ATTACKERS).exactOptional()
const iterations = integer(1, MAX_ITERATIONS).exactOptional()
const radius = positive(MAX_NORM).exactOptional()

const schemas = [
  mapOf({ name: z.literal(['fedavg', 'fednova']), weighting }),
  mapOf({ name: z.literal('fedavgm'), weighting, serverLearningRate, momentum: decay }),
  mapOf({
    name: z.literal(['fedadagrad', 'fedadam', 'fedyogi']),
    weighting,
    serverLearningRate,
    beta1: decay,
    beta2: decay,
    adaptivity: real(MIN_SMALL, 1).exactOptional(),
  }),
  mapOf({ name: z.literal('fedprox'), weighting, proximal: positive(MAX_RATE).exactOptional() }),
  mapOf({ name: z.literal('scaffold'), weighting, serverLearningRate }),
  mapOf({ name: z.literal('median'), weighting: equal }),
  mapOf({
    name: z.literal('trimmed-mean'),
    weighting: equal,
    trim: real(0, 0.499).exactOptional(),
  }),
  mapOf({ name: z.literal(['krum', 'bulyan']), weighting: equal, attackers }),
  mapOf({
    name: z.literal('multi-krum'),
    weighting: equal,
    attackers,
    keep: integer(1, MAX_SILOS).exactOptional(),
  }),
  mapOf({
    name: z.literal('geometric-median'),
    weighting,
    iterations,
    smoothing: real(MIN_SMALL, 1).exactOptional(),
  }),
  mapOf({
    name: z.literal('centered-clipping'),
    weighting: equal,
    radius,
    iterations,
    momentum: decay,
  }),
  mapOf({ name: z.literal('norm-clipping'), weighting, bound: radius }),
  mapOf({ name: z.literal('foolsgold'), weighting: equal }),
] as const

/** How updates become the next global model; options belong to the method that is named. */
export const strategySchema: z.ZodType<StrategySpec> = z.discriminatedUnion('name', schemas, {
  error: `a map with the key name, ${oneOf(STRATEGY_NAMES)}`,
})

/** How updates travel. */
export const compressionSchema: z.ZodType<CompressionSpec> = z.discriminatedUnion(
  'kind',
  [
    mapOf({ kind: z.literal(['none', 'fp16', 'int8']) }),
    mapOf({ kind: z.literal('top-k'), ratio: real(0.0001, 1) }),
  ],
  { error: 'a map with the key kind, one of "none", "fp16", "int8", "top-k"' },
)
