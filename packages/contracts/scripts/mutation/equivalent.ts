/** Why a lock of the StakeManager may go; it stays, because that is no contract's to rely on. */
const NOBODY_CALLED =
  'nobody is called who could call back: the token and the locked stake are the network’s own, and call nobody'

/** Steps of the StakeManager under its lock, by file. */
const STAKING: Readonly<Record<string, readonly string[]>> = {
  OwnStake: ['stake', 'stakeLocked', 'unstake', 'unstakeLocked'],
  DelegationPools: [
    'delegate',
    'delegateLocked',
    'activate',
    'cancelDelegation',
    'undelegate',
    'undelegateLocked',
    'claimLocked',
  ],
  Slashing: ['reward', 'slash', 'claim', 'sweep'],
  Thawing: ['withdraw', 'withdrawLocked'],
}

/** Steps of the arena under its lock, by file. */
const ARENA: Readonly<Record<string, readonly string[]>> = {
  ArenaRounds: ['freeze', 'draw', 'voidRound', 'count', 'punish'],
  ArenaTasks: ['createTask', 'fundTask', 'closeTask', 'join', 'release'],
  TaskRegistry: ['collectEmission', 'claim'],
}

/** Steps of an alliance under its lock, by file. */
const ALLIANCE: Readonly<Record<string, readonly string[]>> = {
  Alliance: ['create'],
  AllianceMembers: ['join', 'resign'],
  AllianceMoney: ['fund', 'collectEmission', 'claim', 'refund'],
  AllianceRounds: ['advance'],
}

/** Steps of the Dao and of the beacon's bonds under their lock, by file. */
const OF_THE_TOKEN: Readonly<Record<string, readonly string[]>> = {
  Dao: ['returnStake', 'reward', 'fundRewards', '_propose'],
  BeaconFallback: ['depositBond', 'withdrawBond', 'sweepForfeits'],
}

type Equivalent = { readonly mutant: string; readonly why: string }

function locksOf(files: Readonly<Record<string, readonly string[]>>, why: string): Equivalent[] {
  return Object.entries(files).flatMap(([file, steps]) =>
    steps.map((step) => ({
      mutant: `network/${file}.sol: ${step}: modifier: locked -> nothing`,
      why,
    })),
  )
}

/** Mistakes that change nothing that anybody is owed, paid or refused, by their description, and why that is so. They are not counted. */
export const EQUIVALENT: readonly Equivalent[] = [
  ...locksOf(STAKING, NOBODY_CALLED),
  ...locksOf(
    ARENA,
    'the token, the StakeManager, the beacon and the emission are the network’s own, and call nobody back',
  ),
  ...locksOf(
    ALLIANCE,
    'the token, the StakeManager, the beacon, the rules and the emission are the network’s own, and call nobody back',
  ),
  ...locksOf(
    OF_THE_TOKEN,
    'only the token is called, which is the network’s own, and calls nobody',
  ),
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
    mutant: 'network/Slashing.sol: slash: comparison: amount > self -> amount >= self',
    why: 'nothing is left for delegators then: their pool is asked for zero, and only notes what has arrived in it so far',
  },
  {
    mutant: 'network/Slashing.sol: _capOwn: comparison: taken > left -> taken >= left',
    why: 'it is set to what it is',
  },
  {
    mutant: 'network/Slashing.sol: _settledOwn: comparison: own > p.fresh -> own >= p.fresh',
    why: 'nothing is settled then, by subtraction or without',
  },
  {
    mutant:
      'network/OwnStake.sol: _announce: part of a check: p.raisedAt == 0 || block.timestamp >= from -> false || block.timestamp >= from',
    why: 'who never raised did so in 1970, and may since February of that year',
  },
  {
    mutant:
      'network/StakeState.sol: _arrived: comparison: block.timestamp >= until -> block.timestamp > until',
    why: 'in that second all of the time has passed, so all of the reward has arrived',
  },
  {
    mutant:
      'network/libraries/StakeParams.sol: initialOf: comparison: which < Parameter.MIN_ALLIANCE -> which <= Parameter.MIN_ALLIANCE',
    why: 'that one was answered a line above',
  },
  {
    mutant:
      'network/libraries/LockMath.sol: amountDown: comparison: duration <= base -> duration < base',
    why: 'no time beyond the base adds nothing',
  },
  {
    mutant:
      'network/libraries/Sortition.sol: fill: comparison: urn.leaves < count -> urn.leaves <= count',
    why: 'a tree twice as large, whose other leaves weigh nothing, draws the same',
  },
  {
    mutant: 'network/EmissionController.sol: _emit: comparison: due > max -> due >= max',
    why: 'it is set to what it is',
  },
  {
    mutant:
      'network/EmissionController.sol: _daysOver: comparison: block.timestamp < start -> block.timestamp <= start',
    why: 'no day is over in that second',
  },
  {
    mutant: 'network/EmissionController.sol: _daysOver: comparison: days_ > last -> days_ >= last',
    why: 'it is set to what it is',
  },
  {
    mutant:
      'network/ModelMarket.sol: spendableOf: comparison: b.amount > b.withdrawing -> b.amount >= b.withdrawing',
    why: 'nothing is left then, by subtraction or without',
  },
  {
    mutant:
      'network/ArenaTasks.sol: join: part of a check: own != 0 && own >= needed -> true && own >= needed',
    why: 'governance cannot set a least stake below one token',
  },
  {
    mutant:
      'network/libraries/ScoreVoting.sol: division up: MAX_ITEMS / SCORES_PER_WORD -> ((MAX_ITEMS) / (SCORES_PER_WORD) + ((MAX_ITEMS) % (SCORES_PER_WORD) == 0 ? 0 : 1))',
    why: 'four whole words',
  },
  {
    mutant: 'network/Thawing.sol: _takeThawed: comparison (2): place < tail -> place <= tail',
    why: 'a request that was never made is ready at 0, which is what is said then',
  },
  {
    mutant: 'network/Dao.sol: reward: comparison: paid > ceiling -> paid >= ceiling',
    why: 'it is set to what it is',
  },
  {
    mutant: 'network/Dao.sol: rewardsLeft: comparison: ceiling > spent -> ceiling >= spent',
    why: 'nothing is left then, by subtraction or without',
  },
  {
    mutant:
      'network/libraries/AllianceMath.sol: count: comparison: votes[i].score > 0 -> votes[i].score >= 0',
    why: 'a score is 1 or -1: revealVote takes no other',
  },
  {
    mutant:
      'network/libraries/AllianceMath.sol: count: comparison: result.sum > 0 -> result.sum >= 0',
    why: 'a sum of zero was answered a line above',
  },
  {
    mutant:
      'network/libraries/AllianceMath.sol: standOf: comparison: vote.score > 0 -> vote.score >= 0',
    why: 'a score is 1 or -1: revealVote takes no other',
  },
  {
    mutant:
      'network/libraries/AllianceMath.sol: standOf: comparison: result.sum > 0 -> result.sum >= 0',
    why: 'a round with a verdict has another sum than zero',
  },
  {
    mutant:
      'network/libraries/AllianceMath.sol: seatsOf: comparison: candidates >= wanted -> candidates > wanted',
    why: 'with as many as are wanted, the proportion is what is wanted',
  },
  {
    mutant:
      'network/libraries/AllianceMath.sol: _majority: comparison: weights[i] > lead -> weights[i] >= lead',
    why: 'of two that are even either may go on: nobody leads then, and only what has more than half is taken in the end',
  },
  {
    mutant:
      'network/AllianceRounds.sol: contribute: comparison: seat < round.proposers -> seat <= round.proposers',
    why: 'the seat after the last is nobody’s, and nobody calls from address zero',
  },
  {
    mutant:
      'network/libraries/ScoreVoting.sol: _checkSeat: part of a check: index < ballot.seats && ballot.seatAt[index].voter == voter -> true && ballot.seatAt[index].voter == voter',
    why: 'a seat after the last is nobody’s, and nobody calls from address zero',
  },
  {
    mutant:
      'network/libraries/ScoreVoting.sol: _checkSeat: comparison: index < ballot.seats -> index <= ballot.seats',
    why: 'the seat after the last is nobody’s, and nobody calls from address zero',
  },
  {
    mutant:
      'network/libraries/ScoreVoting.sol: reveal: division up: from / SCORES_PER_WORD -> ((from) / (SCORES_PER_WORD) + ((from) % (SCORES_PER_WORD) == 0 ? 0 : 1))',
    why: 'it counts in whole words',
  },
  {
    mutant:
      'network/libraries/ScoreVoting.sol: distanceOf: division up: from / SCORES_PER_WORD -> ((from) / (SCORES_PER_WORD) + ((from) % (SCORES_PER_WORD) == 0 ? 0 : 1))',
    why: 'it counts in whole words',
  },
  {
    mutant:
      'network/libraries/ScoreVoting.sol: distanceOf: division up (2): from / SCORES_PER_WORD -> ((from) / (SCORES_PER_WORD) + ((from) % (SCORES_PER_WORD) == 0 ? 0 : 1))',
    why: 'it counts in whole words',
  },
]
