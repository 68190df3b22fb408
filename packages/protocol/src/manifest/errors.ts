import { FedError } from '../errors.ts'
import { type ManifestIssue, printIssue } from './issue.ts'

export type ManifestErrorInfo =
  /** Values that the schema or the rules do not allow, one issue each. */
  | { code: 'MANIFEST_INVALID'; issues: readonly ManifestIssue[] }
  /** Bytes that are not the one valid encoding of a manifest. */
  | { code: 'MANIFEST_NOT_CANONICAL'; reason: string }
  /** More bytes than a Scenario stores. */
  | { code: 'MANIFEST_TOO_LARGE'; size: number; limit: number }

/** A manifest that cannot be used. */
export class ManifestError extends FedError<ManifestErrorInfo> {
  override name = 'ManifestError'
}

/** The error of a manifest with issues: one line each. */
export function invalidManifest(issues: readonly ManifestIssue[]): ManifestError {
  const lines = issues.map(printIssue)
  return new ManifestError(`invalid manifest: ${lines.join('\n')}`, {
    code: 'MANIFEST_INVALID',
    issues,
  })
}
