import { defaulted, optional } from '../framework/option.ts'
import { choice, text } from '../framework/value-type.ts'

/** As BACKEND_NAMES of the engine, whose package is too heavy for --help. */
export const ENGINES = ['tfjs-node-gpu', 'tfjs-node', 'webgpu', 'wasm', 'cpu'] as const
/** Those that do not come with fednode. */
export const INSTALLABLE_ENGINES = ['tfjs-node-gpu', 'tfjs-node', 'webgpu'] as const

const CHOICES = ['auto', ...ENGINES] as const

/** Which graphics adapter computes. */
export const adapterOptions = {
  webgpuAdapter: optional(
    text('NAME'),
    'part of the name of the graphics adapter that webgpu takes (default: the fastest)',
  ),
} as const

/** What trains; who only evaluates takes wasm for whatever does not come with fednode. */
export const engineOptions = {
  engine: defaulted(choice('ENGINE', CHOICES), 'auto', `what to compute on: ${CHOICES.join(', ')}`),
  ...adapterOptions,
} as const
