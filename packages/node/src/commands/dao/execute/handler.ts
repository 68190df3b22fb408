import { executeProposal } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { shortNumber } from '../find-proposal.ts'
import { actOnProposal, type ProposalDeed } from '../proposal-deed.ts'
import type { executeArguments, executeOptions } from './options.ts'

type Args = ArgsOf<typeof executeArguments> & ArgsOf<typeof executeOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export function run(options: Options, context: Context): Promise<Outcome> {
  return actOnProposal(EXECUTING, options, context)
}

const EXECUTING: ProposalDeed = {
  verb: 'carry out',
  question: 'Carry it out?',
  async act(account, made, { contracts }) {
    const mined = await executeProposal(account, { dao: contracts.dao, ...made })
    const number = shortNumber(made.id)
    const said = `${number} was carried out\nNext: fednode dao refund ${number}  sends its stake back`
    return { ...mined, said }
  },
}
