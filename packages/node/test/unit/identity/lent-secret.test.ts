import { execFile } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../temporary-directory.ts'

const NOBODY = 65_534
const ROOT = 0

/** Reads the file as another user, who may through its group; prints the code of the refusal, or what it holds. */
async function readAsNobody(file: string, credentials: string): Promise<string> {
  const source = new URL('../../../src/identity/private-file.ts', import.meta.url)
  const script = `
    const { readPrivateFile } = await import(${JSON.stringify(source)})
    const malformed = () => new Error('malformed')
    const read = readPrivateFile(${JSON.stringify(file)}, { maxBytes: 64, malformed, credentials: ${JSON.stringify(credentials)} })
    console.log(await read.catch(({ code }) => code))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', script],
    { uid: NOBODY, gid: ROOT },
  )
  return stdout.trim()
}

test.skipIf(process.getuid?.() !== ROOT)(
  'T42: a secret that root lends by an access list, as systemd does, is read in the directory of its credentials only; one that a group may write is not',
  async () => {
    const directory = temporaryDirectory()
    chmodSync(directory, 0o755)
    const file = path.join(directory, 'password')
    writeFileSync(file, 'hunter2')
    chmodSync(file, 0o440)
    expect(await readAsNobody(file, directory)).toBe('hunter2')
    expect(await readAsNobody(file, '/run/credentials/another.service')).toBe('KEY_NOT_PRIVATE')
    chmodSync(file, 0o460)
    expect(await readAsNobody(file, directory)).toBe('KEY_NOT_PRIVATE')
  },
)
