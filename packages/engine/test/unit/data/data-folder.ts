import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError } from '@fednode/protocol'
import { expect } from 'vitest'

/** A folder of its own for one test file. */
export type DataFolder = {
  readonly path: string
  write(name: string, content: string | Uint8Array): Promise<string>
  /** Files of a folder in it, by their paths there; returns the path of that folder. */
  writeAll(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<string>
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
    async writeAll(name, files) {
      const folder = join(path, name)
      for (const [file, bytes] of Object.entries(files)) {
        await mkdir(dirname(join(folder, file)), { recursive: true })
        await writeFile(join(folder, file), bytes)
      }
      return folder
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
