import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cannotWrite } from './cannot-write.ts'

/**
 * Whether a result can be written there, for who pays for it first; makes the folder where it is not there.
 * @throws {UserError} usage CANNOT_WRITE.
 */
export async function checkResultFile(file: string): Promise<void> {
  const probe = `${file}.probe`
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(probe, '', { flag: 'wx' })
    await rm(probe)
  } catch (cause) {
    throw cannotWrite(file, cause)
  }
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw cannotWrite(file, 'a folder')
}
