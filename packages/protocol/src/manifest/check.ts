import type { z } from 'zod'
import { issueAt, type ManifestIssue } from './issue.ts'
import { manifestRules } from './rules.ts'
import { chainManifestSchema, memberManifestSchema } from './schema.ts'
import type { Manifest } from './types.ts'
import { valueAt } from './value-at.ts'

/** A manifest that holds, or everything that is wrong with it. */
export type CheckedManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly issues: readonly ManifestIssue[] }

/** Checks any value against the schema and, when it fits, against the rules between keys. The result is a fresh object (T17). */
export function checkManifest(value: unknown): CheckedManifest {
  const isChainless = valueAt(value, ['chain']) !== undefined
  const parsed = (isChainless ? memberManifestSchema : chainManifestSchema).safeParse(value)
  if (!parsed.success)
    return { ok: false, issues: parsed.error.issues.flatMap((issue) => toIssues(issue, value)) }
  const issues = manifestRules(parsed.data)
  return issues.length === 0 ? { ok: true, manifest: parsed.data } : { ok: false, issues }
}

function toIssues(issue: z.core.$ZodIssue, value: unknown): ManifestIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].map(String).join('.'),
      ...(issue.path.length === 0 && isOfTheOther(key)
        ? misplaced(key)
        : unknownKey(issue.message)),
    }))
  }
  return [issueAt(issue.path, valueAt(value, issue.path), issue.message)]
}

/** Keys that only a manifest for a chain has. */
const CHAIN_KEYS: readonly string[] = ['reward', 'market', 'dispute', 'guardian', 'registration']

function isOfTheOther(key: string): boolean {
  return CHAIN_KEYS.includes(key) || key === 'members'
}

function misplaced(key: string): Pick<ManifestIssue, 'got' | 'expected'> {
  const expected =
    key === 'members'
      ? 'nothing: the chain says who the members are (chain: none for a list)'
      : 'nothing: a federation with chain: none has members and no money'
  return { got: 'a section', expected }
}

function unknownKey(expected: string): Pick<ManifestIssue, 'got' | 'expected'> {
  return { got: 'an unknown key', expected }
}
