import { returnProposalStake, rewardProposal } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { shortNumber } from '../find-proposal.ts'
import { actOnProposal, type ProposalDeed } from '../proposal-deed.ts'
import type { refundArguments, refundOptions } from './options.ts'

type Args = ArgsOf<typeof refundArguments> & ArgsOf<typeof refundOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export function run(options: Options, context: Context): Promise<Outcome> {
  return actOnProposal(options.reward ? REWARDING : RETURNING, options, context)
}

const RETURNING: ProposalDeed = {
  verb: 'settle the stake of',
  question: 'Settle it?',
  async act(account, { id }, { contracts }) {
    const mined = await returnProposalStake(account, { dao: contracts.dao, proposal: id })
    return { ...mined, said: `the stake of ${shortNumber(id)} is settled` }
  },
}

const REWARDING: ProposalDeed = {
  verb: 'pay the reward of',
  question: 'Pay it?',
  async act(account, { id }, { contracts }) {
    const mined = await rewardProposal(account, { dao: contracts.dao, proposal: id })
    return { ...mined, said: `the proposer of ${shortNumber(id)} was rewarded` }
  },
}
