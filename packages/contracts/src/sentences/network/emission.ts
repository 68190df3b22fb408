import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

const DAY = 86_400n

/** The network's token, its emission, and locked stake. */
export const EMISSION_SENTENCES = {
  NotMinter: { say: (v) => `${v.caller} may not mint`, fault: 'refused' },
  SupplyAboveCap: {
    say: (v) =>
      `at most ${formatAmount(v.max)} FDN can be handed out at the start, not ${formatAmount(v.initial)} FDN`,
    fault: 'usage',
  },
  StartOutOfRange: {
    say: (v) => `emission starts from ${when(v.min)} to ${when(v.max)}, not at ${when(v.start)}`,
    fault: 'usage',
  },
  RecipientCount: {
    say: (v) => `emission has 1 to ${v.max} recipients, not ${v.count}`,
    fault: 'usage',
  },
  RecipientParts: {
    say: (v) =>
      `the recipients’ parts sum to ${v.sum} bps, not to 10,000, or one of them is nothing`,
    fault: 'usage',
  },
  RecipientTwice: { say: (v) => `${v.recipient} is a recipient twice`, fault: 'usage' },
  TaskKnown: { say: () => 'the task takes part in the emission already', fault: 'usage' },
  TaskUnknown: { say: () => 'the task takes no part in the emission', fault: 'usage' },
  TooManyTasks: { say: (v) => `emission is split over at most ${v.max} tasks`, fault: 'refused' },
  DistributionTooEarly: {
    say: (v) => `the next distribution is at ${when(v.from)}`,
    fault: 'refused',
  },
  NotTaskOwner: { say: (v) => `only ${v.owner} collects this task’s emission`, fault: 'refused' },
  TransferRestricted: {
    say: () => 'locked stake only moves to and from staking contracts',
    fault: 'refused',
    hint: 'Stake or delegate it; it is redeemed when its lock opens.',
  },
  LockDuration: {
    say: (v) => `a lock is for ${v.min / DAY} to ${v.max / DAY} days`,
    fault: 'usage',
  },
  NotLockOwner: { say: (v) => `the account has no lock ${v.id}`, fault: 'usage' },
  LockClosed: { say: (v) => `lock ${v.id} opens at ${when(v.unlockAt)}`, fault: 'refused' },
  LockAmount: {
    say: (v) =>
      `lock ${v.id} takes ${formatAmount(v.left)} gmFDN back at most, not ${formatAmount(v.amount)} gmFDN`,
    fault: 'usage',
  },
  CurveOutOfRange: {
    say: (v) => `this part of the curve is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
  NotAContract: { say: (v) => `there is no contract at ${v.account}`, fault: 'usage' },
} satisfies Partial<RevertSentences>
