/** Why a lock of the StakeManager may go; it stays, because that is no contract's to rely on. */
const NOBODY_CALLED =
  'nobody is called who could call back: the token and the locked stake are the network’s own, and call nobody'

/** Mistakes that change nothing that anybody is owed, paid or refused, by their description, and why that is so. They are not counted. */
export const EQUIVALENT: readonly { readonly mutant: string; readonly why: string }[] = [
  {
    mutant:
      'WrappedCurrency.sol: unwrap: division up: amount / unit -> ((amount) / (unit) + ((amount) % (unit) == 0 ? 0 : 1))',
    why: 'the amount is a multiple of the unit there',
  },
  {
    mutant:
      'libraries/ParamsLib.sol: _checkMarket: comparison: uint256(p.clientSupply) * p.poolBps / BPS >= MIN_SEED -> uint256(p.clientSupply) * p.poolBps / BPS > MIN_SEED',
    why: 'a supply is at least 1e18, so a ten-thousandth of it is 1e14: the part is 0 or far above 1e9',
  },
  {
    mutant:
      'libraries/ParamsLib.sol: _checkMarket: division up: uint256(p.clientSupply) * p.poolBps / BPS -> ((uint256(p.clientSupply) * p.poolBps) / (BPS) + ((uint256(p.clientSupply) * p.poolBps) % (BPS) == 0 ? 0 : 1))',
    why: 'a supply is at least 1e18, so a ten-thousandth of it is 1e14: the part is 0 or far above 1e9',
  },
  {
    mutant: 'LpShare.sol: _settleLp: comparison: held < amount -> held <= amount',
    why: 'with just enough in the purse, what is drawn is drawn one claim earlier: the claim pays the same, and so does the next one',
  },
  {
    mutant: 'network/Slashing.sol: reward: modifier: locked -> nothing',
    why: NOBODY_CALLED,
  },
  {
    mutant: 'network/Slashing.sol: slash: modifier: locked -> nothing',
    why: NOBODY_CALLED,
  },
  {
    mutant: 'network/Slashing.sol: claim: modifier: locked -> nothing',
    why: NOBODY_CALLED,
  },
  {
    mutant: 'network/Slashing.sol: sweep: modifier: locked -> nothing',
    why: NOBODY_CALLED,
  },
  {
    mutant: 'network/Slashing.sol: slash: comparison: amount > self -> amount >= self',
    why: 'nothing is left for delegators then: their pool is asked for zero, and only notes what has arrived in it so far',
  },
]
