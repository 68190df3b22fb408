import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '@fednode/protocol'
import { expect } from 'vitest'

/** A folder of its own for one test file. */
export type DataFolder = {
  readonly path: string
  write(name: string, content: string | Uint8Array): Promise<string>
  remove(): Promise<void>
}

export async function createDataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(tmpdir(), 'fednode-test-'))
  return {
    path,
    async write(name, content) {
      const file = join(path, name)
      await writeFile(file, content)
      return file
    },
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

/** The data error that `work` ends with: code, message and hint. */
export async function dataErrorOf(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; hint: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  const { code, message, info } = error as UserError
  expect(info.fault).toBe('data')
  expect(message).not.toContain('\n')
  return { code, message, hint: info.hint ?? '' }
}
