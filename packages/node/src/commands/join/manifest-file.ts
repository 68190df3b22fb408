import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Context } from '../../framework/context.ts'
import type { JoinOptions } from './handler.ts'

/**
 * Where the manifest of an alliance or a task is.
 * @param whose - for the message: "a task’s".
 * @throws {UserError} usage MISSING_OPTION.
 */
export function manifestFile(
  { manifest }: Pick<JoinOptions, 'manifest'>,
  whose: string,
  { cwd }: Pick<Context, 'cwd'>,
): string {
  if (manifest !== undefined) return path.resolve(cwd, manifest)
  throw new UserError('usage', '--manifest is missing', {
    code: 'MISSING_OPTION',
    hint: `The chain has only the digest of ${whose} manifest: ask who created it for the file.`,
  })
}
