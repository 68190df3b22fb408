import { type Fault, FedError, UserError } from '@fednode/protocol'

/** What one look at this machine and its surroundings found. */
export type Finding = {
  readonly check: string
  readonly status: 'PASS' | 'WARN' | 'FAIL'
  readonly detail: string
  /** What to do about it. */
  readonly fix?: string
  /** Who has to act when it failed: decides the exit code. */
  readonly fault?: Fault
}

/** A look that found what it should. */
export function pass(check: string, detail: string): Finding {
  return { check, status: 'PASS', detail }
}

/** Something that works now and may not later. */
export function warn(check: string, detail: string, fix: string): Finding {
  return { check, status: 'WARN', detail, fix }
}

/** Something that keeps this peer from taking part. */
export function fail(
  check: string,
  detail: string,
  { fix, fault }: { readonly fix: string; readonly fault: Fault },
): Finding {
  return { check, status: 'FAIL', detail, fix, fault }
}

/** What `look` finds; an error that people can act on is a failure of the check, any other one is a bug. */
export async function found(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    const { fault = 'chain', hint = '' } =
      error instanceof UserError ? error.info : { fault: undefined, hint: undefined }
    return fail(check, error.message, { fix: hint, fault })
  }
}
