import { formatAmount } from '../../amounts.ts'
import { type RevertSentences, when } from '../../revert-sentence.ts'

/** Proposals, votes, and what governance cannot set. */
export const GOVERNANCE_SENTENCES = {
  GovernanceOutOfRange: {
    say: (v) => `${v.param} is ${v.min} to ${v.max}, not ${v.value}`,
    fault: 'usage',
  },
  NotGovernable: {
    say: () => 'governance keeps its timelock and moves no stakes',
    fault: 'refused',
  },
  NothingStaked: { say: () => 'nothing is staked on this proposal', fault: 'usage' },
  StakeLocked: { say: () => 'the stake stays until the vote is over' },
  NotAScam: {
    say: (v) =>
      `${formatAmount(v.scam)} of ${formatAmount(v.cast)} votes call it a scam; it takes more than half, and ${formatAmount(v.quorum)}`,
  },
  TooEarlyToEnd: { say: (v) => `a vote is ended early from ${when(v.from)}, while it runs` },
  NothingToReward: { say: () => 'rewards are for executed proposals, once' },
  RewardsSpent: { say: (v) => `rewards are spent until ${when(v.from)}` },
} satisfies Partial<RevertSentences>
