import { issueAt, type ManifestIssue } from './issue.ts'
import { topologySchema } from './topology-schema.ts'
import type { ModelTopology } from './topology-types.ts'
import { valueAt } from './value-at.ts'

/** Layers that a federation may have, or why these are none; what they amount to is checked with the data that goes in (T20). */
export function readTopology(
  value: unknown,
):
  | { readonly ok: true; readonly topology: ModelTopology }
  | { readonly ok: false; readonly issues: readonly ManifestIssue[] } {
  const parsed = topologySchema.safeParse(value)
  if (parsed.success) return { ok: true, topology: parsed.data }
  const issues = parsed.error.issues.map(({ path, message }) =>
    issueAt(['model', ...path], valueAt(value, path), message),
  )
  return { ok: false, issues }
}
