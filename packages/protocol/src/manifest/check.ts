import type { z } from 'zod'
import { issueAt, type ManifestIssue } from './issue.ts'
import { manifestRules } from './rules.ts'
import { manifestSchema } from './schema.ts'
import type { Manifest } from './types.ts'

/** A manifest that holds, or everything that is wrong with it. */
export type CheckedManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly issues: readonly ManifestIssue[] }

/** Checks any value against the schema and, when it fits, against the rules between keys. The result is a fresh object (T17). */
export function checkManifest(value: unknown): CheckedManifest {
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success)
    return { ok: false, issues: parsed.error.issues.flatMap((issue) => toIssues(issue, value)) }
  const issues = manifestRules(parsed.data)
  return issues.length === 0 ? { ok: true, manifest: parsed.data } : { ok: false, issues }
}

function toIssues(issue: z.core.$ZodIssue, value: unknown): ManifestIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].map(String).join('.'),
      got: 'an unknown key',
      expected: issue.message,
    }))
  }
  return [issueAt(issue.path, valueAt(value, issue.path), issue.message)]
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) {
      return undefined
    }
    current = Reflect.get(current, key)
  }
  return current
}
