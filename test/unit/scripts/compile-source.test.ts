import { describe, expect, it } from 'vitest'
import { compileSource } from '../../../scripts/pack-cli/compile-source.ts'

const FILE = 'packages/node/src/local/digits.ts'
const compile = (source: string): string => compileSource(source, { file: FILE }).trim()

describe('source of the tarball', () => {
  it('has no types, and keeps lines and columns', () => {
    const source = 'const a: number = 1\nexport const b = a as unknown\n'
    expect(compileSource(source, { file: FILE })).toBe(
      'const a         = 1\nexport const b = a           \n',
    )
  })

  it('names JavaScript files where the repository names TypeScript: imports, workers, programs', () => {
    expect(compile("import { a } from './a.ts'")).toBe("import { a } from './a.js'")
    expect(compile("await import('../b.ts')")).toBe("await import('../b.js')")
    expect(compile("new URL('./worker.ts', import.meta.url)")).toContain("'./worker.js'")
    expect(compile("const text = 'write it in a.ts or ./b.ts'")).toContain('a.ts or ./b.ts')
  })

  it('finds the other packages by path', () => {
    expect(compile("import { x } from '@fednode/protocol'")).toBe(
      "import { x } from '../../../protocol/src/index.js'",
    )
    expect(compile("import { z } from 'zod'")).toBe("import { z } from 'zod'")
  })
})
