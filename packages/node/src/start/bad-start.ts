import { UserError } from '@fednode/protocol'

const HINT =
  'Give a safetensors file, or the model.json of TensorFlow.js with its weights beside it.'

/** A file that is no model to start from. */
export function badStart(
  message: string,
  {
    code = 'BAD_START',
    hint = HINT,
    cause,
  }: { readonly code?: string; readonly hint?: string; readonly cause?: unknown } = {},
): UserError {
  return new UserError(code === 'FILE_MISSING' ? 'usage' : 'data', message, { code, hint, cause })
}
