import { printable } from '../printable.ts'

const MAX_SHOWN = 60

/** One thing that is wrong with a manifest. */
export type ManifestIssue = {
  /** "rounds.count"; empty for the manifest as a whole. */
  readonly path: string
  /** What stands there, for people: "ten", nothing, a list. */
  readonly got: string
  readonly expected: string
}

/** An issue at `path`, with what was found there. */
export function issueAt(
  path: readonly PropertyKey[],
  value: unknown,
  expected: string,
): ManifestIssue {
  return { path: path.map(String).join('.'), got: describeValue(value), expected }
}

/** "rounds.count: got "ten", expected an integer from 1 to 10000", safe for a terminal (T23). */
export function printIssue({ path, got, expected }: ManifestIssue): string {
  const where = path === '' ? '' : `${printable(path)}: `
  return `${where}got ${got}, expected ${expected}`
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return `"${printable(value, MAX_SHOWN)}"`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? 'a list' : 'a map'
}
