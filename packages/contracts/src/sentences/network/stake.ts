import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

/** Stake, delegation and slashes. */
export const STAKE_SENTENCES = {
  RoleUnknown: { say: (v) => `there is no role ${v.role}`, fault: 'usage' },
  PositionUnknown: {
    say: () => 'nobody ever staked in this position',
    fault: 'usage',
    hint: 'Check operator, role and task:  fednode stake status.',
  },
  NotOperator: { say: () => 'this position is another operator’s', fault: 'refused' },
  OwnPosition: {
    say: () => 'an operator stakes in its own position, it does not delegate to it',
    fault: 'usage',
    hint: 'fednode stake add.',
  },
  StakeBelowMin: {
    say: (v) =>
      `the position would hold ${formatAmount(v.stake)} FDN, its role needs ${formatAmount(v.min)} FDN`,
    fault: 'usage',
    hint: 'Stake more.',
  },
  StakeTooSmall: {
    say: (v) => `${formatAmount(v.active)} tokens are staked, not ${formatAmount(v.asked)}`,
    fault: 'usage',
  },
  SharesTooFew: {
    say: (v) => `the account has ${v.shares} shares, not ${v.asked}`,
    fault: 'usage',
  },
  DelegationBelowMin: {
    say: (v) =>
      `a delegation is at least ${formatAmount(v.min)} FDN, not ${formatAmount(v.amount)} FDN`,
    fault: 'usage',
  },
  SharesBelowMin: {
    say: (v) => `the delegation would get ${v.shares} shares, fewer than the ${v.min} it asks for`,
    fault: 'refused',
    hint: 'Cancel it, or delegate again with a lower least.',
  },
  NothingPending: { say: () => 'no delegation waits to become active', fault: 'usage' },
  ActivationTooEarly: {
    say: (v) => `the delegation can become active at ${when(v.from)}`,
    fault: 'refused',
    hint: 'Wait until then.',
  },
  TooManyRequests: {
    say: (v) => `${v.max} withdrawals are under way, no more are possible`,
    fault: 'refused',
    hint: 'Withdraw those that are ready:  fednode stake withdraw.',
  },
  NothingThawed: {
    say: (v) =>
      v.readyAt === 0n
        ? 'nothing is on its way out'
        : `nothing has thawed before ${when(v.readyAt)}`,
    fault: 'refused',
  },
  PositionHeld: {
    say: (v) =>
      `the stake is held by its task or alliance; it is free at ${when(v.until)} at the latest`,
    fault: 'refused',
    hint: 'Sooner: when an alliance was left (fednode alliance resign), when a task has finished (fednode task claim).',
  },
  PositionNotHeld: { say: () => 'the position is not held' },
  CommissionAboveMax: {
    say: (v) => `a commission is at most ${v.max} bps, not ${v.bps}`,
    fault: 'usage',
  },
  CommissionStep: {
    say: (v) => `a commission rises by at most ${v.max} bps at a time, not ${v.rise}`,
    fault: 'usage',
  },
  CommissionTooSoon: {
    say: (v) => `a commission rises once in 30 days: next at ${when(v.from)}`,
    fault: 'refused',
  },
  ParameterOutOfRange: {
    say: (v) => `the parameter is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
} satisfies Partial<RevertSentences>
