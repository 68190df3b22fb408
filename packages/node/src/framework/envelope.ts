/** Version of everything that --json prints. */
export const SCHEMA_VERSION = 1

/** What --json prints for a command that worked. */
export function okEnvelope(command: string, data: unknown): string {
  return stringify({ schemaVersion: SCHEMA_VERSION, status: 'ok', command, data })
}

/** What --json prints for a command that did not. */
export function errorEnvelope(
  command: string,
  error: { readonly code: string; readonly message: string; readonly hint?: string },
): string {
  return stringify({ schemaVersion: SCHEMA_VERSION, status: 'error', command, error })
}

// What JSON leaves as it is and a terminal takes for a command: C1 controls, bidi overrides, zero-width characters.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** JSON on one line, safe to look at (T23): the same value for every parser; money (bigint) as decimal strings. */
export function stringify(value: unknown): string {
  const json = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  )
  return json.replace(UNPRINTABLE, escapeUnits)
}

/** \u escapes of a character's UTF-16 units. */
function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
}
