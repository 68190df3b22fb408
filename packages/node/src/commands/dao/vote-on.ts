import {
  type ChainAccount,
  castVote,
  type MadeProposal,
  type Network,
  readProposal,
  readVotes,
  type VOTES,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { ownAddress } from '../../chain/own-address.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import { amountText } from '../../framework/number-text.ts'
import { shortNumber } from './find-proposal.ts'
import { actOnProposal, type ProposalDeed, type ProposalOptions } from './proposal-deed.ts'

/**
 * Votes on a proposal, or calls it a scam.
 * @throws {UserError} NO_VOTES (refused) for who had none when it was made: the one vote would count for nothing.
 */
export function voteOn(
  vote: keyof typeof VOTES,
  options: ProposalOptions,
  context: Context,
): Promise<Outcome> {
  const deed: ProposalDeed = {
    verb: vote === 'scam' ? 'call a scam:' : `vote ${vote}:`,
    question: 'Vote? It cannot be changed.',
    check: requireVotes,
    async act(account, { id }, { contracts }) {
      const mined = await castVote(account, { dao: contracts.dao, proposal: id, vote })
      const { weight } = mined
      const said = `voted ${vote} on ${shortNumber(id)} with ${amountText(weight)} votes`
      return { ...mined, said, more: { vote, weight } }
    },
  }
  return actOnProposal(deed, options, context)
}

async function requireVotes(
  account: ChainAccount,
  { id }: MadeProposal,
  { contracts: { dao, token } }: Network,
): Promise<void> {
  const { weighedAt: at } = await readProposal(account, { dao, proposal: id })
  const { votes } = await readVotes(account, { token, account: account.address, at })
  if (votes > 0n) return
  throw new UserError(
    'refused',
    `${ownAddress(account)} had no votes when proposal ${shortNumber(id)} was made`,
    {
      code: 'NO_VOTES',
      hint: 'fednode dao delegate  gives own tokens their votes, for proposals that are made later.',
    },
  )
}
