import { queueProposal, readProposal } from '@fednode/contracts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { shortNumber } from '../find-proposal.ts'
import { actOnProposal, type ProposalDeed } from '../proposal-deed.ts'
import type { queueArguments, queueOptions } from './options.ts'

type Args = ArgsOf<typeof queueArguments> & ArgsOf<typeof queueOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export function run(options: Options, context: Context): Promise<Outcome> {
  return actOnProposal(QUEUEING, options, context)
}

const QUEUEING: ProposalDeed = {
  verb: 'queue',
  question: 'Queue?',
  async act(account, made, { contracts: { dao } }) {
    const mined = await queueProposal(account, { dao, ...made })
    const { executableFrom } = await readProposal(account, { dao, proposal: made.id })
    const number = shortNumber(made.id)
    const said = `${number} can be carried out from ${momentText(executableFrom)}\nNext, then: fednode dao execute ${number}`
    return { ...mined, said, more: { executableFrom } }
  },
}
