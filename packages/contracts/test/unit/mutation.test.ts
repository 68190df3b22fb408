import { describe, expect, it } from 'vitest'
import { chooseMutants } from '../../scripts/mutation/choose-mutants.ts'
import { generateMutants } from '../../scripts/mutation/generate.ts'
import { describeMutant } from '../../scripts/mutation/mutant.ts'
import { compileQuickly, errorsOf } from '../../scripts/warm-solc.ts'

const FILE = 'solidity/Planted.sol'

/** Mistakes that are planted in one function, without its name and file. */
function plantedIn(body: string, head = 'uint256 a, uint256 b'): string[] {
  return mutantsOf(
    contractOf(`function f(${head}) external view returns (uint256) { ${body} }`),
  ).map((mutant) => describeMutant(mutant).replace('Planted.sol: f: ', ''))
}

function contractOf(members: string): string {
  return `// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\ncontract Planted { error Wrong(); uint256 constant SCALE_BITS = 64; ${members} }\n`
}

function mutantsOf(text: string) {
  return generateMutants(new Map([[FILE, text]]))
}

describe('planted mistakes', () => {
  it('flip a comparison', () => {
    expect(plantedIn('return a < b ? 1 : 2;')).toEqual(['comparison: a < b -> a <= b'])
    expect(plantedIn('return a >= b ? 1 : 2;')).toEqual(['comparison: a >= b -> a > b'])
  })

  it('turn the choice of the smaller one round, where equality changes nothing', () => {
    expect(plantedIn('return a < b ? a : b;')).toEqual(['comparison: a < b -> a > b'])
  })

  it('leave the end of a loop alone', () => {
    expect(plantedIn('for (uint256 i = 0; i < a; ++i) {} return b;')).toEqual([])
  })

  it('round a division up, unless the compiler computes it', () => {
    expect(plantedIn('return a / b;')).toEqual([
      'division up: a / b -> ((a) / (b) + ((a) % (b) == 0 ? 0 : 1))',
    ])
    expect(plantedIn('return a + 10 / 3 * 3;')).toEqual([])
  })

  it('round up where the scale is shifted away', () => {
    expect(plantedIn('return a >> SCALE_BITS;')).toEqual([
      'shift up: a >> SCALE_BITS -> (((a) + ((1 << SCALE_BITS) - 1)) >> SCALE_BITS)',
    ])
    expect(plantedIn('return a >> 96;')).toEqual([])
  })

  it('drop a check, and each part of it', () => {
    expect(plantedIn('require(a != 0 && b != 0); return a;')).toEqual([
      'check: require(a != 0 && b != 0); -> {}',
      'part of a check: a != 0 && b != 0 -> true && b != 0',
      'part of a check: a != 0 && b != 0 -> a != 0 && true',
    ])
    expect(plantedIn('require(a == 1 || b == 1); return a;')).toContain(
      'part of a check: a == 1 || b == 1 -> a == 1 || false',
    )
    expect(plantedIn('if (a == 0) revert Wrong(); return a;')).toEqual(['check: a == 0 -> false'])
  })

  it('have each a description of its own', () => {
    expect(plantedIn('if (a < b) return a; if (a < b) return b; return 0;')).toEqual([
      'comparison: a < b -> a <= b',
      'comparison (2): a < b -> a <= b',
    ])
  })

  it('drop a modifier', () => {
    const text = contractOf('modifier m() { _; } function f() external m {}')
    expect(mutantsOf(text).map(describeMutant)).toEqual(['Planted.sol: f: modifier: m -> nothing'])
  })

  it('swap helpers that round or choose the other way', () => {
    const library =
      'library Lib { function min(uint256 a, uint256) internal pure returns (uint256) { return a; } function max(uint256 a, uint256) internal pure returns (uint256) { return a; } function divUp(uint256 a, uint256) internal pure returns (uint256) { return a; } }\n'
    const contract = contractOf(
      'function f(uint256 a, uint256 b) external pure returns (uint256) { return Lib.min(a, b) + Lib.divUp(a, b); }',
    )
    expect(mutantsOf(`${contract}${library}`).map(({ from, to }) => `${from} -> ${to}`)).toEqual([
      'Lib.min -> Lib.max',
      'Lib.divUp(a, b) -> ((a) / (b))',
    ])
  })

  it('leave sources that compile', () => {
    const text = contractOf(
      'modifier m() { require(msg.sender != address(0)); _; } function f(uint256 a, uint256 b) external view m returns (uint256) { require(a > 1 && b > 1); return a < b ? a / b : a >> SCALE_BITS; }',
    )
    const mutants = mutantsOf(text)
    expect(mutants.length).toBeGreaterThan(8)
    for (const mutant of mutants) {
      const sources = new Map([[FILE, mutant.text]])
      expect(errorsOf(compileQuickly({ sources, outputs: {}, optimizer: false }))).toEqual([])
    }
  })

  it('are chosen from the sources as they are: no listed one, and no equivalent one, is gone', () => {
    const mutants = chooseMutants()
    expect(mutants.filter(({ kind }) => kind === 'listed').length).toBeGreaterThan(40)
    for (const file of ['PoolSwaps.sol', 'StreamLedger.sol', 'Disputes.sol']) {
      expect(mutants.filter((mutant) => mutant.file === file).length).toBeGreaterThan(5)
    }
    // Every source is parsed, beside forge.
  }, 120_000)
})
