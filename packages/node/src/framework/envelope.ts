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

/** JSON on one line; money (bigint) as decimal strings. */
export function stringify(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? item.toString() : item,
  )
}
