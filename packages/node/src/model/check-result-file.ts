import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { cannotWrite } from './cannot-write.ts'

/**
 * Whether a result can be written there, for who pays for it first; makes the folder where it is not there.
 * @throws {UserError} usage CANNOT_WRITE.
 */
export async function checkResultFile(file: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true })
    // Nobody else's name: two may buy at once, and a crash may leave one behind.
    await rmdir(await mkdtemp(`${file}.`))
  } catch (cause) {
    throw cannotWrite(file, cause)
  }
  const found = await stat(file).catch(() => undefined)
  if (found?.isDirectory()) throw cannotWrite(file, 'a folder')
}
