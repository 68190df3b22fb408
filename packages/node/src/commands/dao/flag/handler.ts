import { endScamVote } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { shortNumber } from '../find-proposal.ts'
import { actOnProposal, type ProposalDeed } from '../proposal-deed.ts'
import { voteOn } from '../vote-on.ts'
import type { flagArguments, flagOptions } from './options.ts'

type Args = ArgsOf<typeof flagArguments> & ArgsOf<typeof flagOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export function run(options: Options, context: Context): Promise<Outcome> {
  return options.end ? actOnProposal(ENDING, options, context) : voteOn('scam', options, context)
}

const ENDING: ProposalDeed = {
  verb: 'end the vote on',
  question: 'End it?',
  async act(account, { id }, { contracts }) {
    const mined = await endScamVote(account, { dao: contracts.dao, proposal: id })
    return { ...mined, said: `the vote on ${shortNumber(id)} ended: it is a scam` }
  },
}
