import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** ARCHITECTURE.md: the packages that each package may import. */
const ALLOWED: Record<string, readonly string[]> = {
  protocol: [],
  contracts: ['protocol'],
  engine: ['protocol'],
  aggregator: ['contracts', 'engine', 'protocol'],
  node: ['aggregator', 'contracts', 'engine', 'protocol'],
}

const PACKAGES = path.join(import.meta.dirname, '../../packages')

test('the five packages are the ones of the architecture', () => {
  expect(readdirSync(PACKAGES).sort()).toEqual(Object.keys(ALLOWED).sort())
})

test.each(Object.keys(ALLOWED))(
  '%s declares and imports only packages below it, by their root',
  (name) => {
    const declared = Object.keys(dependenciesOf(name))
      .filter((dependency) => dependency.startsWith('@fednode/'))
      .map((dependency) => dependency.slice('@fednode/'.length))
    expect(declared.filter((dependency) => !ALLOWED[name]?.includes(dependency))).toEqual([])

    const imported = sourcesOf(name).flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /from '(@fednode\/[^']+)'|import\('(@fednode\/[^']+)'\)/g,
        ),
      ].map((match) => ({ file: path.relative(PACKAGES, file), specifier: match[1] ?? match[2] })),
    )
    const roots = declared.map((dependency) => `@fednode/${dependency}`)
    expect(imported.filter(({ specifier }) => !roots.includes(specifier ?? ''))).toEqual([])
  },
)

test('only the node package reads the environment or ends the process', () => {
  const offenders = Object.keys(ALLOWED)
    .filter((name) => name !== 'node')
    .flatMap(sourcesOf)
    .filter((file) =>
      /process\.(env|exit|argv)\b/.test(withoutComments(readFileSync(file, 'utf8'))),
    )
    .map((file) => path.relative(PACKAGES, file))
  // Programs of their own: one outlives its parent for a moment to stop anvil, one ends native libraries' threads with itself.
  const programs = ['contracts/src/anvil-guard.ts', 'engine/src/backends/engine-probe-process.ts']
  expect(offenders.filter((file) => !programs.includes(file))).toEqual([])
})

test('no source file outgrows one idea: at most 300 lines', () => {
  const long = Object.keys(ALLOWED)
    .flatMap(sourcesOf)
    // A package's index.ts is a list of what it gives, not an idea.
    .filter((file) => !file.includes('/generated/') && !file.endsWith('/src/index.ts'))
    .map((file) => ({
      file: path.relative(PACKAGES, file),
      lines: readFileSync(file, 'utf8').split('\n').length,
    }))
    .filter(({ lines }) => lines > 301)
  expect(long).toEqual([])
})

function dependenciesOf(name: string): Record<string, string> {
  const manifest = JSON.parse(readFileSync(path.join(PACKAGES, name, 'package.json'), 'utf8'))
  return manifest.dependencies ?? {}
}

function sourcesOf(name: string): string[] {
  const root = path.join(PACKAGES, name, 'src')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(root, file))
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
