import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runForge } from './forge.ts'
import { generateModules } from './generate-modules.ts'
import { readSources, withoutTests } from './warm-solc.ts'

/** Where `forge test` takes the code of contracts from. */
export const BUILT: string = join(ROOT, 'out')

/** Beside forge's own cache; written by `buildFromNothing` only. */
const STAMP = join(ROOT, 'cache', 'built-from-nothing.json')

/**
 * Whether the code in `out` is what one compilation from nothing makes of the sources as they are now. Via-IR code depends on which
 * files one compiler run sees, so what forge compiled since then, file by file, does not count, not even of the same sources.
 */
export function isBuiltFromNothing(): boolean {
  if (hasForgeSettings() || !existsSync(STAMP)) return false
  try {
    return readFileSync(STAMP, 'utf8') === makeStamp()
  } catch {
    // An artifact is missing, or cut short.
    return false
  }
}

/** Compiles contracts and tests into `out`, nothing kept from before. @returns forge's exit status. */
export function buildFromNothing(): number {
  rmSync(STAMP, { force: true })
  const sources = hashSources()
  const { status, error } = runForge(['build', '--force'], { output: 'inherit' })
  if (error !== undefined) throw error
  // A file saved meanwhile may or may not have been compiled: then there is no stamp.
  if (status === 0 && sources === hashSources()) writeFileSync(STAMP, makeStamp())
  return status ?? 1
}

/** Whether the environment has settings for forge: then `out` may be another folder, or other code. */
export function hasForgeSettings(): boolean {
  return Object.keys(process.env).some((name) => /^(FOUNDRY|DAPP)_/.test(name))
}

/** What went into a compilation and what came out, as digests. */
function makeStamp(): string {
  return JSON.stringify({ sources: hashSources(), modules: hashModules() })
}

/** Of all that decides what the compilers write. */
function hashSources(): string {
  const hash = createHash('sha256')
  const add = (name: string, text: string | Buffer): unknown =>
    hash.update(JSON.stringify([name, text.length])).update(text)
  for (const [path, text] of withoutTests(readSources())) add(path, text)
  for (const path of librarySources()) add(path, readFileSync(join(ROOT, path)))
  for (const file of ['foundry.toml', 'scripts/solc.cjs']) add(file, readFileSync(join(ROOT, file)))
  // Their versions, in full.
  for (const name of ['solc', '@foundry-rs/forge']) {
    add(name, readFileSync(join(ROOT, 'node_modules', name, 'package.json')))
  }
  return hash.digest('hex')
}

/** All Solidity files that a contract may import from packages. */
function librarySources(): string[] {
  return ['node_modules/solady/src', 'node_modules/@openzeppelin/contracts'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.sol'))
      .sort()
      .map((file) => `${folder}/${file}`),
  )
}

/** Of the ABIs and bytecodes in `out`. @throws when one is missing. */
function hashModules(): string {
  const hash = createHash('sha256')
  for (const { file, text } of generateModules(BUILT)) hash.update(JSON.stringify([file, text]))
  return hash.digest('hex')
}
