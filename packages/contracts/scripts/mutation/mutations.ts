import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../forge.ts'
import type { Mutant } from './mutant.ts'

/** Mistakes that no operator makes: [file, what is there, what a mistake would put there]. */
const MUTATIONS: readonly (readonly [string, string, string])[] = [
  [
    'libraries/PoolMath.sol',
    'amountIn - _mulDivUp(amountIn, fee, WAD)',
    'amountIn - amountIn * fee / WAD',
  ],
  ['libraries/PoolMath.sol', '_mulDivUp(balanceIn + 1, WAD', '_mulDivUp(balanceIn, WAD'],
  [
    'libraries/PoolMath.sol',
    '_mulDivUp(balanceIn + 1, WAD, balanceIn + net)',
    '(balanceIn + 1) * WAD / (balanceIn + net)',
  ],
  [
    'libraries/PoolMath.sol',
    'weightIn * WAD / weightOut',
    'FixedPointMathLib.divUp(weightIn * WAD, weightOut)',
  ],
  [
    'libraries/PoolMath.sol',
    '_mulDivUp(balanceOut, WAD, balanceOut - amountOut)',
    'balanceOut * WAD / (balanceOut - amountOut)',
  ],
  [
    'libraries/PoolMath.sol',
    'FixedPointMathLib.divUp(weightOut * WAD, weightIn)',
    '(weightOut * WAD / weightIn)',
  ],
  [
    'libraries/PoolMath.sol',
    '_mulDivUp(balanceIn, power - WAD, WAD)',
    'balanceIn * (power - WAD) / WAD',
  ],
  ['libraries/PoolMath.sol', '_mulDivUp(net, WAD, WAD - fee)', 'net * WAD / (WAD - fee)'],
  ['libraries/PoolMath.sol', '+ MARGIN_UNITS;', ';'],
  [
    'libraries/PoolMath.sol',
    'balanceOut * (WAD - power) / WAD',
    '_mulDivUp(balanceOut, WAD - power, WAD)',
  ],
  [
    'MeanPool.sol',
    'FixedPointMathLib.fullMulDivUp(balance, lpOut, supply)',
    'FixedPointMathLib.fullMulDiv(balance, lpOut, supply)',
  ],
  [
    'MeanPool.sol',
    'FixedPointMathLib.fullMulDiv(balance, lpIn, supply)',
    'FixedPointMathLib.fullMulDivUp(balance, lpIn, supply)',
  ],
  ['PoolReserves.sol', '        _checkAmount(t.amountOut, t.balanceOut);\n', ''],
  ['PoolReserves.sol', '        _checkAmount(t.amountIn, t.balanceIn);\n', ''],
  ['PoolReserves.sol', 'require(amount <= max, ErrorsLib.AmountAboveLimit(amount, max));', ''],
  [
    'PoolReserves.sol',
    'require(received >= amount, ErrorsLib.UnderReceived(amount, received));',
    '',
  ],
  ['MeanPool.sol', '_mint(LOCKED_HOLDER, LOCKED_SHARES);', ''],
  ['LpShare.sol', '_corrections[from] += earned', '_corrections[from] -= earned'],
  ['LpShare.sol', '_corrections[to] -= earned', '_corrections[to] += earned'],
  ['LpShare.sol', '            _dividends.credited = 0;\n', ''],
  ['LpShare.sol', 'fresh - perShare * supply', '0'],
  ['StreamLedger.sol', 'if (elapsed != 0) _poolBase -= change * int256(elapsed);', ''],
  ['StreamLedger.sol', '            _poolBase += int256(clock.poolRate * elapsed);\n', ''],
  ['StreamLedger.sol', '_poolBase += int256(clock.poolRate * elapsed); // <= 2^154', ''],
  [
    'StreamLedger.sol',
    '(clock.settling && index >= clock.cursor)',
    '(clock.settling && index > clock.cursor)',
  ],
  ['StreamLedger.sol', '(clock.settling && index >= clock.cursor)', 'false'],
  [
    'StreamLedger.sol',
    'index < clock.cursor ? 0 : clock.stopped',
    'index <= clock.cursor ? 0 : clock.stopped',
  ],
  ['StreamLedger.sol', 'past < clock.window ? past : clock.window', 'past'],
  ['StreamLedger.sol', 'p.dust = uint64(dust);', 'p.dust = 0;'],
  ['StreamLedger.sol', 'p.total + rewarded - carried', 'p.total + rewarded'],
  ['StreamLedger.sol', '(clock.window - clock.stopped) * supply', 'uint256(clock.window) * supply'],
  [
    'StreamLedger.sol',
    'StreamMath.accumulated(base, oldRate, r.elapsed).toUint128()',
    'base.toUint128()',
  ],
  ['libraries/StreamMath.sol', 'remainder = total - rate * whole;', 'remainder = 0;'],
  ['libraries/StreamMath.sol', 'rate = total / whole;', 'rate = total / whole + 1;'],
  ['Rounds.sol', '        carried += page.pot - rewarded;\n', ''],
  ['Rounds.sol', '            carried += _settled.carried;\n', ''],
  ['Rounds.sol', '        if (page.from != 0) delete _settled;\n', ''],
  ['Rounds.sol', '        _returned += unspent;\n', ''],
  ['Scenario.sol', '        _promised.poolDrawn += uint96(amount);', '        '],
  ['Rounds.sol', 'phase_ == Phase.Open ? current : current + 1', 'current'],
  ['Rounds.sol', 'require(!_clock.settling, ErrorsLib.SettlementRunning(round));', ''],
  [
    'Rounds.sol',
    'require(given == _sharesHash, ErrorsLib.SharesMismatch(given, _sharesHash));',
    '',
  ],
  [
    'ScenarioState.sol',
    'require(received >= amount, ErrorsLib.UnderReceived(amount, received));',
    '',
  ],
  ['ClientToken.sol', '(correction + moved).toInt160()', '(correction - moved).toInt160()'],
  ['ClientToken.sol', '(correction - moved).toInt160()', 'correction.toInt160()'],
  ['ClientToken.sol', 'if (from != to) {', '{'],
  ['FamilyLock.sol', 'require(_locked == 0, ErrorsLib.Locked());', ''],
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
      kind: 'listed',
      from,
      to,
      text: changed,
    }
  })
}
