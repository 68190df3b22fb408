import {
  type MadeProposal,
  type ProposalView,
  readGovernedParameters,
  readProposal,
  readProposals,
} from '@fednode/contracts'
import { printable } from '@fednode/protocol'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { withReader } from '../../market/market.ts'
import { describeCalls } from '../describe-proposal.ts'
import { shortNumber } from '../find-proposal.ts'
import type { listOptions } from './options.ts'

type Options = ArgsOf<typeof listOptions>

/** Characters of a proposer's words that are shown. */
const MAX_SHOWN = 200

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const { dao } = network.contracts
    const [parameters, made] = await Promise.all([
      readGovernedParameters(reader, network),
      readProposals(reader, network),
    ])
    const views = await Promise.all(
      made.map(async (proposal) => ({
        made: proposal,
        view: await readProposal(reader, { dao, proposal: proposal.id }),
        calls: describeCalls(proposal, { network, parameters }),
      })),
    )
    return {
      data: {
        network: network.directory.toLowerCase(),
        proposals: views.map(({ made: { id, description }, view, calls }) => ({
          proposal: id,
          description,
          calls,
          ...view,
        })),
      },
      text: views.length === 0 ? 'no proposals yet' : views.map(describe).join('\n\n'),
    }
  })
}

function describe(about: {
  readonly made: MadeProposal
  readonly view: ProposalView
  readonly calls: readonly string[]
}): string {
  const { made, view, calls } = about
  const { votes, quorum, stake, proposer, state } = view
  return [
    `${shortNumber(made.id)}  ${state}${deadline(view)}`,
    ...calls.map((call) => `  ${call}`),
    `  for ${amountText(votes.for)}, against ${amountText(votes.against)}, abstain ${amountText(votes.abstain)}, scam ${amountText(votes.scam)}; quorum ${amountText(quorum)}`,
    `  staked ${amountText(stake)} FDN by ${proposer.toLowerCase()}, who says: ${printable(made.description, MAX_SHOWN)}`,
  ].join('\n')
}

function deadline({ state, votesFrom, votesUntil, executableFrom }: ProposalView): string {
  if (state === 'pending') return `, votes from ${momentText(votesFrom)}`
  if (state === 'active') return `, votes until ${momentText(votesUntil)}`
  return state === 'queued' ? `, can be carried out from ${momentText(executableFrom)}` : ''
}
