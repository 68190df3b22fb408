import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const PACKAGES = join(dirname(fileURLToPath(import.meta.url)), '../../..')

/** Attacks of CONTRACTS.md 3. */
const NUMBERS = range(1, 55)

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** Numbers in names of Solidity tests, such as test_attack_07_50_nothingStartsInsideACall. */
function solidityNumbers(): number[] {
  return globSync(join(PACKAGES, 'contracts/solidity/test/**/*.t.sol')).flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /function (?:test(?:Fuzz)?|invariant)_attack((?:_\d\d)+)_/g,
      ),
    ]
      .flatMap(([, numbers = '']) => numbers.split('_').filter(Boolean))
      .map(Number),
  )
}

/** Numbers in titles of TypeScript tests, such as 'attack 53: a reorg is rolled back'. */
function typescriptNumbers(): number[] {
  const files = [
    ...globSync(join(PACKAGES, '*/test/**/*.test.ts')),
    ...globSync(join(PACKAGES, '../test/**/*.test.ts')),
  ]
  return files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /\b(?:it|test)(?:\.each\([^)]*\))?\(\s*['"`]attack (\d+)\b/g,
      ),
    ].map(([, number]) => Number(number)),
  )
}

describe('attacks of the design', () => {
  it('each have a test that carries its number', () => {
    const covered = new Set([...solidityNumbers(), ...typescriptNumbers()])
    expect(NUMBERS.filter((number) => !covered.has(number))).toEqual([])
  })

  it('have names of one form', () => {
    const files = globSync(join(PACKAGES, 'contracts/solidity/test/**/*.t.sol'))
    const others = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/function (\w*attack\w*)/gi)]
        .map(([, name = '']) => name)
        .filter((name) => !/^(test(Fuzz)?|invariant)_attack(_\d\d)+_[a-z]/.test(name)),
    )
    expect(others).toEqual([])
  })
})
