/**
 * Compiles the contracts and writes `src/generated`: one file per contract with its ABI (and creation bytecode where TypeScript
 * deploys it). `--check` writes nothing and fails when what is committed is not what the sources give.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateModules } from './generate-modules.ts'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const GENERATED = join(ROOT, 'src', 'generated')

// Apart from what `forge test` builds, and from nothing: via-IR code depends on which files one compiler run sees.
const OUT = join(ROOT, 'out', 'generate')
const CACHE = join(ROOT, 'cache', 'generate')

function compile(): void {
  const bin = join(ROOT, 'node_modules', '.bin')
  // The solc stand-in must run on the Node that runs this script, not on whichever is first in PATH.
  const path = [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  const result = spawnSync(
    'forge',
    ['build', '--skip', 'test', '--force', '--out', OUT, '--cache-path', CACHE],
    {
      cwd: ROOT,
      env: { ...process.env, PATH: path },
      encoding: 'utf8',
    },
  )
  if (result.status !== 0) {
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`,
    )
    process.exit(1)
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

compile()
const modules = generateModules(OUT)
const stale = modules.filter(({ file, text }) => read(join(GENERATED, file)) !== text)
if (process.argv.includes('--check')) {
  for (const { file } of stale) {
    process.stderr.write(`src/generated/${file} is stale: run pnpm contracts:build\n`)
  }
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  mkdirSync(GENERATED, { recursive: true })
  for (const { file, text } of stale) writeFileSync(join(GENERATED, file), text)
  process.stdout.write(`src/generated: ${stale.length} of ${modules.length} files written\n`)
}
