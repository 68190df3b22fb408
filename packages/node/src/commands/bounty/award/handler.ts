import { awardBounty } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { findBounty } from '../find-bounty.ts'
import type { awardArguments, awardOptions } from './options.ts'

type Options = Resolved<ArgsOf<typeof awardArguments> & ArgsOf<typeof awardOptions>>

export function init(
  args: ArgsOf<typeof awardArguments> & ArgsOf<typeof awardOptions>,
  context: Context,
): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const { bounty, amount, proposals } = await findBounty(account, network, options.bounty)
    const { proposal } = options
    const chosen = proposals[proposal]
    if (chosen === undefined) throw unknownProposal(bounty, { proposal, count: proposals.length })
    const { market } = network.contracts
    const { proposer, digest } = chosen
    const data = { bounty, proposal, proposer: proposer.toLowerCase(), digest, amount }
    const what = `${amountText(amount)} FDN of bounty ${bounty} to ${data.proposer} for ${digest}`
    const deed = {
      foretold: { data, text: `award ${what}` },
      question: 'Award? It cannot be taken back.',
      act: async (by: typeof account) =>
        minedOutcome(
          { data, text: `awarded ${what}\nThe winner collects it with  fednode models redeem` },
          await awardBounty(by, { market, bounty, proposal }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}

function unknownProposal(
  bounty: bigint,
  { proposal, count }: { readonly proposal: number; readonly count: number },
): UserError {
  return new UserError(
    'usage',
    `bounty ${bounty} has ${count} proposals, none of number ${proposal}`,
    {
      code: 'UNKNOWN_BOUNTY_PROPOSAL',
      hint: 'fednode bounty list  shows them; they begin with 0.',
    },
  )
}
