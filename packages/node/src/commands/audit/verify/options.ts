import { optional } from '../../../framework/option.ts'
import type { ValueType } from '../../../framework/value-type.ts'
import { runOptions } from '../../../options/run.ts'

/** SHA-256 in lower-case hex. */
const hash: ValueType<string> = {
  placeholder: 'HASH',
  expected: '64 lower-case hex digits',
  parse: (value) => (/^[0-9a-f]{64}$/.test(value) ? value : undefined),
}

export const auditVerifyOptions = {
  ...runOptions,
  head: optional(
    hash,
    'the head that an earlier verification printed; it must still be in the log',
  ),
} as const
