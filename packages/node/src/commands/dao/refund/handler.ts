import { returnProposalStake, rewardProposal } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
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
    const made = await returnProposalStake(account, { dao: contracts.dao, proposal: id })
    const { returned, toTreasury, burned, ...mined } = made
    const parts = [
      [returned, 'back to its proposer'],
      [toTreasury, 'to the treasury'],
      [burned, 'burned'],
    ] as const
    const said = parts
      .filter(([amount]) => amount > 0n)
      .map(([amount, where]) => `${amountText(amount)} FDN ${where}`)
    return {
      ...mined,
      said: `the stake of ${shortNumber(id)} is settled: ${said.join(', ')}`,
      more: { returned, toTreasury, burned },
    }
  },
}

const REWARDING: ProposalDeed = {
  verb: 'pay the reward of',
  question: 'Pay it?',
  async act(account, { id }, { contracts }) {
    const made = await rewardProposal(account, { dao: contracts.dao, proposal: id })
    const { amount, ...mined } = made
    const said = `the proposer of ${shortNumber(id)} was rewarded with ${amountText(amount)} FDN`
    return { ...mined, said, more: { amount } }
  },
}
