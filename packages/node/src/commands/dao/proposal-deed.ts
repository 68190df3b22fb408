import type { ChainAccount, MadeProposal, Mined, Network } from '@fednode/contracts'
import { askThenAct } from '../../chain/ask-then-act.ts'
import type { SignerArgs } from '../../chain/connect-as.ts'
import { minedOutcome } from '../../chain/mined-outcome.ts'
import { inNetwork, type NetworkArgs } from '../../chain/open-network.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import { describeProposal } from './describe-proposal.ts'
import { findProposal } from './find-proposal.ts'

/** What every command about one proposal is told. */
export type ProposalOptions = SignerArgs &
  NetworkArgs & {
    readonly proposal: string
    readonly dir: string
    readonly dryRun: boolean
    readonly yes: boolean
  }

/** One thing to do about a proposal. */
export type ProposalDeed = {
  /** "vote for": stands before the proposal. */
  readonly verb: string
  readonly question: string
  /** Refuses, before anybody is asked, what would be of no use. */
  check?(account: ChainAccount, made: MadeProposal, network: Network): Promise<void>
  /** @returns what was done, and more of it for --json. */
  act(
    account: ChainAccount,
    made: MadeProposal,
    network: Network,
  ): Promise<Mined & { readonly said: string; readonly more?: object }>
}

/** Shows what a proposal would do, asks, and does what the command is for. */
export function actOnProposal(
  deed: ProposalDeed,
  options: ProposalOptions,
  context: Context,
): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const made = await findProposal(account, network, options.proposal)
    await deed.check?.(account, made, network)
    const lines = await describeProposal(account, network, made)
    const data = { proposal: made.id, description: made.description, calls: lines.calls }
    const whole = {
      foretold: { data, text: `${deed.verb} ${lines.text}` },
      question: deed.question,
      async act(by: ChainAccount) {
        const { said, more = {}, ...mined } = await deed.act(by, made, network)
        return minedOutcome({ data: { ...data, ...more }, text: said }, mined)
      },
    }
    return askThenAct(account, whole, { options, context })
  })
}
