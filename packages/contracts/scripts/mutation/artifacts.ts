import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { type CompiledContract, compileQuickly, errorsOf, type Sources } from '../warm-solc.ts'

/** Compiled contracts by artifact, a path below forge's output folder. */
export type Code = ReadonlyMap<string, CompiledContract>

type Artifact = { bytecode: { object: string }; deployedBytecode: { object: string } }

/**
 * Compiles what a change of `file` can change: what tests deploy, and those tests that carry code of that file.
 * @returns undefined when it does not compile.
 */
export function compileCode(sources: Sources, file: string, optimizer: boolean): Code | undefined {
  const deployed = deployedByTests(sources).filter((path) =>
    closureOf(sources, path).includes(file),
  )
  // A handler is found by its code among the artifacts, so all that a test is made of is compiled with it.
  const tests = testsThatCarry(sources, file)
    .flatMap((test) => closureOf(sources, test))
    .filter(isTest)
  const compiled = [...deployed, ...tests]
  const needed = new Set(compiled.flatMap((path) => closureOf(sources, path)))
  const outputs = Object.fromEntries(
    compiled.map((path) => [path, { '*': ['evm.bytecode.object', 'evm.deployedBytecode.object'] }]),
  )
  const wanted = new Map([...sources].filter(([path]) => needed.has(path)))
  const output = compileQuickly({ sources: wanted, outputs, optimizer })
  if (errorsOf(output).length > 0) return undefined
  return new Map(
    Object.entries(output.contracts).flatMap(([path, contracts]) =>
      Object.entries(contracts).map(
        ([name, contract]) => [join(basename(path), `${name}.json`), contract] as const,
      ),
    ),
  )
}

/** Files of the contracts that tests deploy by name. */
function deployedByTests(sources: Sources): string[] {
  const names = [...sources]
    .filter(([path]) => isTest(path))
    .flatMap(([, text]) => [...text.matchAll(/deployBuilt\(\s*"(\w+)"/g)])
    .map(([, name]) => `${name}.sol`)
  return [...sources.keys()].filter((path) => !isTest(path) && names.includes(basename(path)))
}

/**
 * Puts code into forge's artifacts, where tests take it from; forge compiles nothing because no source changed.
 * @returns a function that puts back what was there.
 */
export function replaceCode(out: string, code: Code): () => void {
  const before = new Map<string, string>()
  for (const [name, { evm }] of code) {
    const path = join(out, name)
    if (evm.bytecode.object === '' || !existsSync(path)) continue
    const text = readFileSync(path, 'utf8')
    before.set(path, text)
    const artifact = JSON.parse(text) as Artifact
    artifact.bytecode.object = `0x${evm.bytecode.object}`
    artifact.deployedBytecode.object = `0x${evm.deployedBytecode.object}`
    writeFileSync(path, JSON.stringify(artifact))
  }
  return () => {
    for (const [path, text] of before) writeFileSync(path, text)
  }
}

/** Tests deploy artifacts, so few of them contain code of a source file: by `new`, by inheritance or by a library's functions. */
function testsThatCarry(sources: Sources, file: string): string[] {
  return [...sources.keys()].filter(
    (path) =>
      path.endsWith('.t.sol') &&
      closureOf(sources, path)
        .filter(isTest)
        .flatMap((part) => carriedBy(sources, part))
        .some((carried) => closureOf(sources, carried).includes(file)),
  )
}

/** Source files whose code one test file compiles into its own. */
function carriedBy(sources: Sources, path: string): string[] {
  const text = (sources.get(path) ?? '').replace(/\/\/.*$/gm, '')
  return importsOf(sources, path).filter((imported) => {
    const name = basename(imported, '.sol')
    const uses = new RegExp(`\\bnew ${name}\\(|\\bcontract \\w+ is [^{]*\\b${name}\\b`)
    const library = imported.includes('/libraries/') && name !== 'ErrorsLib'
    return !isTest(imported) && (library ? text.includes(`${name}.`) : uses.test(text))
  })
}

/** A file and all that it imports, and what those import; libraries of others apart. */
function closureOf(sources: Sources, path: string): string[] {
  const found = new Set([path])
  for (const file of found) for (const next of importsOf(sources, file)) found.add(next)
  return [...found]
}

function importsOf(sources: Sources, path: string): string[] {
  const matches = (sources.get(path) ?? '').matchAll(/from "(\.[^"]+)"/g)
  return [...matches].map(([, target = '']) => posix.join(dirname(path), target))
}

function isTest(path: string): boolean {
  return path.startsWith('solidity/test/')
}
