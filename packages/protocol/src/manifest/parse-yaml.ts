import { UserError } from '../errors.ts'
import { MAX_MANIFEST_YAML_BYTES } from '../limits.ts'
import { printable } from '../printable.ts'
import { checkManifest } from './check.ts'
import { encodeManifest } from './encode.ts'
import { ManifestError } from './errors.ts'
import { printIssue } from './issue.ts'
import { TEXT_PATHS } from './paths.ts'
import type { Manifest } from './types.ts'
import { YamlError } from './yaml-error.ts'
import { readYaml } from './yaml-value.ts'

const MAX_LINES = 20

/**
 * Reads a manifest that a person wrote. Amounts, classes and categories may be bare numbers.
 * @param fileName - begins every line of the error.
 * @throws {UserError} fault "usage", code MANIFEST_INVALID; one line per problem: file, path, value, what is expected.
 */
export function parseManifestYaml(text: string, fileName: string): Manifest {
  const size = Buffer.byteLength(text)
  if (size > MAX_MANIFEST_YAML_BYTES) {
    throw invalid(fileName, [`${size} bytes, at most ${MAX_MANIFEST_YAML_BYTES} are allowed`])
  }
  const result = checkManifest(read(text, fileName))
  if (!result.ok) throw invalid(fileName, result.issues.map(printIssue))
  assertFits(result.manifest, fileName)
  return result.manifest
}

function read(text: string, fileName: string): unknown {
  try {
    return readYaml(text, TEXT_PATHS)
  } catch (error) {
    if (error instanceof YamlError) throw invalid(fileName, [error.message], error)
    throw error
  }
}

function assertFits(manifest: Manifest, fileName: string): void {
  try {
    encodeManifest(manifest)
  } catch (error) {
    if (error instanceof ManifestError) throw invalid(fileName, [error.message], error)
    throw error
  }
}

function invalid(fileName: string, problems: readonly string[], cause?: unknown): UserError {
  const shown = problems.slice(0, MAX_LINES).map((problem) => `${printable(fileName)}: ${problem}`)
  if (problems.length > MAX_LINES) shown.push(`and ${problems.length - MAX_LINES} more`)
  return new UserError('usage', shown.join('\n'), {
    code: 'MANIFEST_INVALID',
    hint: 'Correct the file; docs/PROTOCOL.md lists every key.',
    cause,
  })
}
