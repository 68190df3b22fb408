import { castVote, type VOTES } from '@fednode/contracts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import { amountText } from '../../framework/number-text.ts'
import { shortNumber } from './find-proposal.ts'
import { actOnProposal, type ProposalDeed, type ProposalOptions } from './proposal-deed.ts'

const NO_WEIGHT =
  '\nBeware: it counts for nothing. Votes count that one had before the proposal was made: fednode dao delegate'

/** Votes on a proposal, or calls it a scam. */
export function voteOn(
  vote: keyof typeof VOTES,
  options: ProposalOptions,
  context: Context,
): Promise<Outcome> {
  const deed: ProposalDeed = {
    verb: vote === 'scam' ? 'call a scam:' : `vote ${vote}:`,
    question: 'Vote? It cannot be changed.',
    async act(account, { id }, { contracts }) {
      const mined = await castVote(account, { dao: contracts.dao, proposal: id, vote })
      const { weight } = mined
      const said = `voted ${vote} on ${shortNumber(id)} with ${amountText(weight)} votes`
      const more = { vote, weight }
      return { ...mined, said: weight === 0n ? `${said}${NO_WEIGHT}` : said, more }
    },
  }
  return actOnProposal(deed, options, context)
}
