/**
 * Compiles the contracts and writes `src/generated`: one file per contract with its ABI (and creation bytecode where TypeScript
 * deploys it). Refuses sources that break our own rules (source-rules.ts). `--check` writes nothing and fails when what is committed is not what the sources give.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUILT, isBuiltFromNothing } from './built-code.ts'
import { ROOT, runForge } from './forge.ts'
import { generateModules } from './generate-modules.ts'
import { findRuleBreaks } from './source-rules.ts'
import { readSources, withoutTests } from './warm-solc.ts'

const GENERATED = join(ROOT, 'src', 'generated')

// Apart from what `forge test` builds file by file: via-IR code depends on which files one compiler run sees.
const OUT = join(ROOT, 'out', 'generate')
const CACHE = join(ROOT, 'cache', 'generate')

/** Compiles from nothing, unless that has just been done for the tests; returns the folder of the artifacts. */
function compile(): string {
  if (isBuiltFromNothing()) return BUILT
  const args = [
    'build',
    '--skip',
    'solidity/test/**',
    '--force',
    '--out',
    OUT,
    '--cache-path',
    CACHE,
  ]
  const result = runForge(args, { output: 'pipe' })
  if (result.status === 0) return OUT
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}\n`)
  process.exit(1)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const breaks = findRuleBreaks(withoutTests(readSources()))
if (breaks.length > 0) {
  process.stderr.write(`${breaks.join('\n')}\n`)
  process.exit(1)
}
const modules = generateModules(compile())
const stale = modules.filter(({ file, text }) => read(join(GENERATED, file)) !== text)
if (process.argv.includes('--check')) {
  for (const { file } of stale) {
    process.stderr.write(`src/generated/${file} is stale: run pnpm contracts:build\n`)
  }
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  mkdirSync(join(GENERATED, 'network'), { recursive: true })
  for (const { file, text } of stale) writeFileSync(join(GENERATED, file), text)
  process.stdout.write(`src/generated: ${stale.length} of ${modules.length} files written\n`)
}
