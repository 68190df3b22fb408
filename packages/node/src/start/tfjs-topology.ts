import { type ModelTopology, printIssue, readTopology } from '@fednode/protocol'
import { z } from 'zod'
import { badStart } from './bad-start.ts'

type Config = Readonly<Record<string, unknown>>

const sequential = z.object({
  class_name: z.literal('Sequential'),
  config: z.object({
    layers: z.array(
      z.object({ class_name: z.string(), config: z.record(z.string(), z.unknown()) }),
    ),
  }),
})
/** As TensorFlow.js saves a model, and as its converter writes one of Keras. */
const schema = z.union([
  sequential,
  z.object({ model_config: sequential }).transform(({ model_config }) => model_config),
])

/** What a layer's config says here; everything else there either is no matter of the result, or is in FIXED. */
const TAKEN = [
  'units',
  'filters',
  'kernel_size',
  'strides',
  'padding',
  'activation',
  'use_bias',
  'depth_multiplier',
  'pool_size',
  'target_shape',
  'rate',
  'epsilon',
  'return_sequences',
  'input_dim',
  'output_dim',
  'mask_zero',
]

/** Options of which fednode knows one value only, as JSON; a layer with another one would compute something else. */
const FIXED: Readonly<Record<string, readonly unknown[]>> = {
  dilation_rate: [1],
  data_format: ['channels_last', 'channelsLast'],
  axis: [-1],
  center: [true],
  scale: [true],
  go_backwards: [false],
  stateful: [false],
  return_state: [false],
  reset_after: [false],
  recurrent_activation: ['sigmoid'],
}
const POOLING = /^(Max|Average)Pooling[12]D$/
const RECURRENT = ['LSTM', 'GRU']
/** There gelu is the exact form, and gelu_new the one that fednode has. */
const ACTIVATIONS: Readonly<Record<string, string>> = { gelu: 'the exact gelu', gelu_new: 'gelu' }

/**
 * The layers that model.json describes, as a manifest has them.
 * @throws {UserError} data BAD_START naming the first that fednode does not have.
 */
export function tfjsTopology(value: unknown, shown: string): ModelTopology {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw badStart(`${shown}: modelTopology is no Sequential model`)
  const layers = parsed.data.config.layers
    .filter(({ class_name }) => class_name !== 'InputLayer')
    .map(({ class_name, config }) => ({
      className: class_name,
      config: configOf(class_name, config, shown),
    }))
  const read = readTopology({ className: 'Sequential', layers })
  if (read.ok) return read.topology
  const lines = read.issues.map((issue) => printIssue(issue)).join('; ')
  throw badStart(`${shown}: a model that fednode does not have: ${lines}`)
}

function configOf(className: string, config: Config, shown: string): Config {
  const isRecurrent = RECURRENT.includes(className)
  for (const [key, allowed] of Object.entries(FIXED)) {
    const got = single(config[key])
    if (got !== undefined && got !== null && !allowed.includes(got))
      throw badStart(
        `${shown}: ${className} with ${key} ${JSON.stringify(got)}, only ${allowed[0]} is known`,
      )
  }
  const fixed = isRecurrent
    ? ['activation', 'use_bias']
    : POOLING.test(className)
      ? ['strides', 'padding']
      : []
  checkImplied(className, config, shown)
  const entries = TAKEN.filter((key) => !fixed.includes(key)).flatMap((key) => {
    const taken = key === 'target_shape' ? config[key] : single(config[key])
    return taken === undefined || taken === null ? [] : [[camelCase(key), spelled(key, taken)]]
  })
  return Object.fromEntries(entries)
}

/** What fednode's layer of this class does without being told. */
function checkImplied(className: string, config: Config, shown: string): void {
  const odd = (key: string, expected: unknown): void => {
    const got = single(config[key])
    if (got === undefined || got === null || got === expected) return
    throw badStart(
      `${shown}: ${className} with ${key} ${JSON.stringify(got)}, only ${expected} is known`,
    )
  }
  if (RECURRENT.includes(className)) {
    odd('activation', 'tanh')
    odd('use_bias', true)
  }
  if (POOLING.test(className)) {
    odd('strides', single(config.pool_size))
    odd('padding', 'valid')
  }
}

/** [3, 3] as 3: fednode's kernels, strides and windows are square. */
function single(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  return value.every((item) => item === value[0]) ? value[0] : value
}

function spelled(key: string, value: unknown): unknown {
  return key === 'activation' && typeof value === 'string' ? (ACTIVATIONS[value] ?? value) : value
}

function camelCase(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
