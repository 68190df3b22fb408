import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../forge.ts'
import type { Mutant } from './mutant.ts'

/** Mistakes that no operator makes: [file, what is there, what a mistake would put there]. */
const MUTATIONS: readonly (readonly [string, string, string])[] = [
  // Margins of the arithmetic.
  ['libraries/PoolMath.sol', '_mulDivUp(balanceIn + 1, WAD', '_mulDivUp(balanceIn, WAD'],
  ['libraries/PoolMath.sol', '+ MARGIN_UNITS;', ';'],
  ['libraries/PoolMath.sol', 'raw + _marginUp(raw, exponent)', 'raw'],
  ['libraries/PoolMath.sol', 'raw - _marginUp(raw, exponent)', 'raw'],
  ['libraries/StreamMath.sol', 'remainder = total - rate * whole * issuance;', 'remainder = 0;'],
  // Shares and reserves.
  ['PoolListing.sol', '_mint(LOCKED_HOLDER, LOCKED_SHARES);', ''],
  ['PoolListing.sol', '            weightLeft -= weight;\n', ''],
  ['PoolListing.sol', '            left -= less;\n', ''],
  ['libraries/ReserveLib.sol', '(r.balance() + amount).toUint112()', '(r.balance() + amount)'],
  ['MeanPool.sol', '_reserves[tokenIn] = grown;', ''],
  ['MeanPool.sol', '_reserves[tokenOut] = left;', ''],
  ['MeanPool.sol', '_enterAlways(home, to);', '_enter(home, to);'],
  ['MeanPool.sol', '_enter(home, to);', '_enterAlways(home, to);'],
  // Dividends of LPs.
  ['LpShare.sol', '_corrections[from] += earned', '_corrections[from] -= earned'],
  ['LpShare.sol', '_corrections[to] -= earned', '_corrections[to] += earned'],
  ['LpShare.sol', '            _dividends.credited = 0;\n', ''],
  ['LpShare.sol', 'fresh - perShare * supply', '0'],
  // The pool's two numbers and the clock.
  ['StreamLedger.sol', 'if (elapsed != 0) _addToPast(-change * int256(elapsed));', ''],
  ['StreamLedger.sol', '            _addToPast(int256(poolRate * elapsed));\n', ''],
  ['StreamLedger.sol', '_addToPast(int256(clock.poolRate * elapsed)); // <= 2^154', ''],
  ['StreamLedger.sol', '(turn != 0 && index + 1 >= turn)', 'false'],
  ['StreamLedger.sol', 'past < window ? past : window', 'past'],
  ['StreamLedger.sol', '_promised.dust = uint64(dust);', '_promised.dust = 0;'],
  ['StreamLedger.sol', '_promised.total + rewarded - carried', '_promised.total + rewarded'],
  ['StreamLedger.sol', '(clock.window - clock.stopped) * supply', 'uint256(clock.window) * supply'],
  [
    'StreamLedger.sol',
    'StreamMath.accumulated(stream.base, oldRate, r.elapsed)',
    'uint256(stream.base)',
  ],
  ['StreamLedger.sol', 'uint256(stream.extra) + 1, r.left', '1, r.left'],
  ['StreamLedger.sol', 'unit * _issuanceOf(i)', 'unit'],
  ['Scenario.sol', '        _promised.poolDrawn += uint96(amount);', '        '],
  ['ClientToken.sol', '(correction + moved).toInt160()', '(correction - moved).toInt160()'],
  ['ClientToken.sol', '(correction - moved).toInt160()', 'correction.toInt160()'],
  // Pots and pages.
  ['Rounds.sol', '        carried += page.pot - rewarded;\n', ''],
  ['Rounds.sol', '            carried += _settled.carried;\n', ''],
  ['Rounds.sol', '        if (page.from != 0) delete _settled;\n', ''],
  ['Rounds.sol', '        _returned += unspent;\n', ''],
  ['Rounds.sol', '_machine.phase == Phase.Open ? current : current + 1', 'current'],
  [
    'Rounds.sol',
    'phase_ != Phase.Open || msg.sender != _federator()',
    'msg.sender != _federator()',
  ],
  ['Rounds.sol', 'phase_ != Phase.Open || msg.sender != _federator()', 'phase_ != Phase.Open'],
  ['Rounds.sol', '        m.active = m.clients;\n', ''],
  // Bonds.
  ['Disputes.sol', '        _credits[msg.sender] = 0;\n', ''],
  ['Disputes.sol', '        _stakes.held -= uint96(amount); // a part of it\n', ''],
  ['Disputes.sol', '        _stakes.held -= uint96(toPot); // a part of it\n', ''],
  ['Disputes.sol', '            _credits[msg.sender] = credit - free;\n', ''],
  [
    'Disputes.sol',
    '_credit(challenge.disputer, award + challenge.bond);',
    '_credit(challenge.disputer, award);',
  ],
  ['Disputes.sol', '        _stakes.assertion = 0;\n', ''],
  ['Disputes.sol', '        _stakes.attempt += 1;\n', ''],
  ['Disputes.sol', '        _credit(_federator(), bond);\n', ''],
  ['Disputes.sol', '        _credit(challenge.disputer, challenge.bond);\n', ''],
  ['Disputes.sol', '        _pots[round] += toPot;\n', ''],
]

/** The mistakes that were thought of by hand; each changes the first place where its text stands. */
export function listMutants(): Mutant[] {
  return MUTATIONS.map(([file, from, to]) => {
    const text = readFileSync(join(ROOT, 'solidity', file), 'utf8')
    const at = text.indexOf(from)
    if (at < 0) throw new Error(`${file} has no "${from}" any more`)
    const changed = `${text.slice(0, at)}${to}${text.slice(at + from.length)}`
    return {
      file,
      line: text.slice(0, at).split('\n').length,
      place: '',
      kind: 'listed',
      from,
      to,
      text: changed,
    }
  })
}
