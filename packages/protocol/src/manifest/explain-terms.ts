import type { ExplainedLine } from './explain.ts'
import { duration, groupThousands } from './numbers-text.ts'
import type { ChainManifest, DisputeTerms, RewardSchedule } from './types.ts'

/** What the contracts enforce beyond the usual, in plain words; nothing for what a manifest leaves out. */
export function explainTerms(manifest: ChainManifest, currency: string): readonly ExplainedLine[] {
  const { reward, market, dispute, guardian } = manifest
  const lines: ExplainedLine[] = []
  if (reward.schedule !== undefined) {
    const first = `${groupThousands(reward.perRound)} ${currency}`
    lines.push({ label: 'Schedule', text: explainSchedule(reward.schedule, first) })
  }
  if (market.maxIssuance !== undefined) {
    const text = `the federator may give a silo up to ${market.maxIssuance} times as many tokens as another`
    lines.push({ label: 'Issuance', text })
  }
  if (dispute !== undefined) {
    const within = duration(reward.challengeSeconds)
    lines.push({ label: 'Disputes', text: explainDispute(dispute, { currency, within }) })
    // A line each: all of them together would be cut.
    for (const text of dispute.attesters ?? []) lines.push({ label: 'Attester', text })
  }
  if (guardian !== undefined) {
    const text = `${guardian} may pause the market and new rounds, 3 days at a time; never claims or proportional exits`
    lines.push({ label: 'Guardian', text })
  }
  return lines
}

function explainSchedule(schedule: RewardSchedule, first: string): string {
  const held = 'the chain takes no outcome of a round that holds less'
  if (schedule.kind === 'fixed') return `${first} in every round; ${held}`
  return `${first} in round 1, then ${schedule.ratio} times the round before; ${held}`
}

function explainDispute(
  { bond, resolver, attesters, threshold }: DisputeTerms,
  { currency, within }: { readonly currency: string; readonly within: string },
): string {
  const staked = `${groupThousands(bond)} ${currency} stand behind every outcome; anybody may dispute it within ${within} with as much`
  const judge =
    attesters === undefined
      ? `the contract ${resolver} decides`
      : `${threshold} of ${attesters.length} attesters decide`
  return `${staked}; ${judge}; half of the loser's stake goes to the winner, half to the round`
}
