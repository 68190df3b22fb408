/** Field names whose values are secrets, compared without case and separators. */
const SECRETS = [
  'privatekey',
  'secretkey',
  'secret',
  'seedphrase',
  'mnemonic',
  'password',
  'passphrase',
  'apikey',
  'authorization',
  'accountkey',
  'peerkey',
  'keyseed',
]
const REPLACEMENT = '[redacted]'
// Bidi overrides, zero-width characters, line separators, and DEL with the C1 controls: U+009B starts an escape sequence as ESC [ does.
// JSON itself escapes only the controls below U+0020 (T23).
const INVISIBLE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu
/** Deeper than any field that we log. */
const MAX_FIELD_DEPTH = 6

/** A copy of log fields without secrets, raw bytes (a key is 32 of them) and invisible characters. */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [visible(key), redactOne(key, value, 0)]),
  )
}

function redactOne(key: string, value: unknown, depth: number): unknown {
  if (SECRETS.includes(key.toLowerCase().replaceAll(/[^a-z]/g, ''))) return REPLACEMENT
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return visible(value)
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth >= MAX_FIELD_DEPTH) return '[deep]'
  if (value instanceof Error) return describeError(value, depth)
  if (Array.isArray(value)) return value.map((item) => redactOne('', item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [visible(name), redactOne(name, item, depth + 1)]),
  )
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const cause = error.cause === undefined ? {} : { cause: redactOne('', error.cause, depth + 1) }
  const code = 'code' in error ? { code: redactOne('', error.code, depth + 1) } : {}
  // A message may quote a peer, and the stack repeats it.
  const stack = visible(error.stack ?? '')
  return { name: visible(error.name), ...code, message: visible(error.message), stack, ...cause }
}

function visible(text: string): string {
  return text.replace(INVISIBLE, '\u{fffd}')
}
