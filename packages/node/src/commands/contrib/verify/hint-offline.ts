import { UserError } from '@fednode/protocol'

/** Codes of a chain that does not answer. */
const SILENT: readonly string[] = ['RPC_UNREACHABLE', 'RPC_FAILED']

/** Adds to the failure of a chain that is gone, as after a demo, what can be done without it; rethrows any other. */
export function hintOffline(error: unknown): never {
  if (!(error instanceof UserError) || !SILENT.includes(error.code)) throw error
  const { message, code, info } = error
  throw new UserError(info.fault, message, {
    code,
    hint: 'If the chain is gone for good, as after a demo:  --offline  checks all that needs no chain. Else give its  --rpc.',
    cause: error,
  })
}
