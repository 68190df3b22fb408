/**
 * Writes solidity/test/vectors/*.json from the bigint model, which TypeScript and forge are both tested with. Seeded: the same files on
 * every machine. `--check` writes nothing and fails when what is committed is not what the model gives.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { ROOT } from './forge.ts'
import { createVectors } from './vectors.ts'

const FOLDER = join(ROOT, 'solidity', 'test', 'vectors')

const stale = createVectors().filter(({ file, text }) => read(join(FOLDER, file)) !== text)
if (process.argv.includes('--check')) {
  for (const { file } of stale)
    process.stderr.write(`${file} is stale: node scripts/write-vectors.ts\n`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const { file, text } of stale) writeFileSync(join(FOLDER, file), text)
  process.stdout.write(`solidity/test/vectors: ${stale.length} files written\n`)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
