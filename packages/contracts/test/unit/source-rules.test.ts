import { describe, expect, it } from 'vitest'
import { findRuleBreaks } from '../../scripts/source-rules.ts'
import { readSources, withoutTests } from '../../scripts/warm-solc.ts'

const HEAD = '// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\n'

/** What the rules say about one contract with these members. */
function breaksOf(members: string, file = 'solidity/Planted.sol'): string[] {
  const stranger =
    'interface IStranger { function poke() external; function peek() external view; }\n'
  const contract = `contract Planted {\n  event Changed();\n  uint256 private _value;\n  ${members}\n}\n`
  return findRuleBreaks(new Map([[file, `${HEAD}${stranger}${contract}`]]))
}

describe('rules of the Solidity sources', () => {
  it('hold', () => {
    expect(findRuleBreaks(withoutTests(readSources()))).toEqual([])
  }, 300_000)

  it('attack 55: unchecked arithmetic is allowed in the math libraries only', () => {
    const unchecked =
      'function f(uint256 x) external pure returns (uint256) { unchecked { return x + 1; } }'
    expect(breaksOf(unchecked)).toEqual(['solidity/Planted.sol: unchecked arithmetic'])
    expect(breaksOf(unchecked, 'solidity/libraries/PlantedMath.sol')).toEqual([])
    expect(breaksOf(unchecked, 'solidity/libraries/Planted.sol')).toHaveLength(1)
  })

  it('attack 55: a word in a comment breaks no rule', () => {
    expect(breaksOf('// unchecked, delegatecall, tx.origin')).toEqual([])
  })

  it.each(['tx.origin', 'this.f.selector; selfdestruct(payable(msg.sender))'])(
    'refuse %s',
    (words) => {
      expect(breaksOf(`function f() external { emit Changed(); ${words}; }`)).toContain(
        'solidity/Planted.sol: a banned word',
      )
    },
  )

  it('refuse another compiler version', () => {
    const text = 'pragma solidity ^0.8.0;\ncontract Planted {}\n'
    expect(findRuleBreaks(new Map([['solidity/Planted.sol', text]]))).toEqual([
      'solidity/Planted.sol: another compiler version',
    ])
  })

  it('attack 50: refuse a write after a call to another contract', () => {
    const late = (body: string): string[] =>
      breaksOf(`function f(IStranger s) external { emit Changed(); ${body} }`)
    const found = ['solidity/Planted.sol: f: f writes state after a call to another contract']
    expect(late('s.poke(); _value = 1;')).toEqual(found)
    expect(late('for (uint256 i = 0; i < 2; ++i) { _value = i; s.poke(); }')).toEqual(found)
    expect(late('s.poke(); delete _value;')).toEqual(found)
    expect(late('_value = 1; s.poke();')).toEqual([])
    expect(late('s.peek(); _value = 1;')).toEqual([])
  })

  it('attack 50: see calls and writes through internal functions', () => {
    const inner =
      'function _set() private { _value = 1; } function _out(IStranger s) private { s.poke(); }'
    expect(
      breaksOf(`${inner} function f(IStranger s) external { emit Changed(); _out(s); _set(); }`),
    ).toEqual(['solidity/Planted.sol: f: f writes state after a call to another contract'])
    expect(
      breaksOf(`${inner} function f(IStranger s) external { emit Changed(); _set(); _out(s); }`),
    ).toEqual([])
  })

  it('refuse a change without an event', () => {
    expect(breaksOf('function f() external { _value = 1; }')).toEqual([
      'solidity/Planted.sol: f: state changes without an event',
    ])
  })

  it('refuse a recipient that may be the zero address', () => {
    expect(breaksOf('function f(address to) external { emit Changed(); to; }')).toEqual([
      'solidity/Planted.sol: f: "to" may be the zero address',
    ])
    expect(
      breaksOf('function f(address to) external { require(to != address(0)); emit Changed(); }'),
    ).toEqual([])
  })

  it('report sources that do not compile', () => {
    expect(breaksOf('function f() external { missing(); }').join()).toContain('missing')
  })
})
