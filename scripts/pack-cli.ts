/** `pnpm pack:cli [DIR]`: builds fednode-<version>.tgz, which `npm install -g` installs where there is only Node; prints its path. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { packCli } from './pack-cli/pack-cli.ts'

const destination = path.resolve(process.argv[2] ?? 'dist')
mkdirSync(destination, { recursive: true })
const staging = mkdtempSync(path.join(tmpdir(), 'fednode-pack-'))
try {
  const root = path.join(import.meta.dirname, '..')
  process.stdout.write(`${packCli({ root, staging, destination })}\n`)
} finally {
  rmSync(staging, { recursive: true, force: true })
}
