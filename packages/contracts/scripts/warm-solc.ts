import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './forge.ts'
import type { AstNode } from './solidity-ast.ts'

/** Path from the package's root, such as solidity/MeanPool.sol, to text. */
export type Sources = ReadonlyMap<string, string>

export type CompilerOutput = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>
  readonly contracts: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>
}

export type CompiledContract = {
  readonly evm: {
    readonly bytecode: { readonly object: string }
    readonly deployedBytecode: { readonly object: string }
  }
}

export type CompilerOptions = {
  readonly sources: Sources
  /** Outputs by file and contract, as solc's standard JSON takes them. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly optimizer: boolean
}

type Solc = {
  compile: (input: string, callbacks: { import: (path: string) => ImportResult }) => string
}
type ImportResult = { contents: string } | { error: string }

// Starting the compiler costs more than compiling a small change: it is loaded once, in this process.
const solc = createRequire(import.meta.url)('solc') as Solc

/** Compiles by the legacy pipeline, to code that is quick to make rather than cheap to run. */
export function compileQuickly(options: CompilerOptions): CompilerOutput {
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(
      [...options.sources].map(([path, content]) => [path, { content }] as const),
    ),
    settings: {
      remappings: [
        'solady/=node_modules/solady/src/',
        '@openzeppelin/=node_modules/@openzeppelin/',
      ],
      evmVersion: 'osaka',
      optimizer: { enabled: options.optimizer, runs: 1 },
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection: options.outputs,
    },
  }
  return JSON.parse(solc.compile(JSON.stringify(input), { import: readLibrary })) as CompilerOutput
}

/** The errors of a compilation, warnings apart. */
export function errorsOf(output: CompilerOutput): string[] {
  return (output.errors ?? [])
    .filter(({ severity }) => severity === 'error')
    .map(({ formattedMessage }) => formattedMessage)
}

/** All Solidity files of the package, tests included. */
export function readSources(): Sources {
  const files = readdirSync(join(ROOT, 'solidity'), { recursive: true, encoding: 'utf8' })
  return new Map(
    files
      .filter((file) => file.endsWith('.sol'))
      .sort()
      .map((file) => [`solidity/${file}`, readFileSync(join(ROOT, 'solidity', file), 'utf8')]),
  )
}

/** The files of `sources` that are deployed, or part of what is. */
export function withoutTests(sources: Sources): Sources {
  return new Map([...sources].filter(([path]) => !path.startsWith('solidity/test/')))
}

function readLibrary(path: string): ImportResult {
  try {
    return { contents: readFileSync(join(ROOT, path), 'utf8') }
  } catch (error) {
    return { error: String(error) }
  }
}
