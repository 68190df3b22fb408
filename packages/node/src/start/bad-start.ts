import { printable, UserError } from '@fednode/protocol'

const HINT =
  'Give a safetensors file, or the model.json of TensorFlow.js with its weights beside it.'

/** A file that is no model to start from; what it says of itself is shown as text only (T23). */
export function badStart(
  message: string,
  {
    code = 'BAD_START',
    hint = HINT,
    cause,
  }: { readonly code?: string; readonly hint?: string; readonly cause?: unknown } = {},
): UserError {
  return new UserError(code === 'FILE_MISSING' ? 'usage' : 'data', printable(message), {
    code,
    hint,
    cause,
  })
}
