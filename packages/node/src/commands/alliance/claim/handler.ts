import {
  type ChainAccount,
  claimAlliance,
  readAlliance,
  readAllianceMoney,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { allianceArguments } from '../../../options/alliance.ts'
import type { claimOptions } from './options.ts'

type Args = ArgsOf<typeof allianceArguments> & ArgsOf<typeof claimOptions>
type Options = Resolved<Args>

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

/** @throws {UserError} refused: NOTHING_OWED. {ChainError} UNKNOWN_ALLIANCE. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, { contracts: { alliance } }) => {
    const member = options.member ?? account.address
    const { id } = await readAlliance(account, { alliance, id: options.alliance })
    const { earned } = await readAllianceMoney(account, { alliance, id, account: member })
    if (earned === 0n) throw nothingOwed(id, member)
    const about = { alliance: id, member: member.toLowerCase() }
    const text = (amount: bigint) =>
      `${amountText(amount)} FDN of alliance ${id} go to the participant's position: fednode stake status  says how they are paid out`
    const deed = {
      foretold: { data: { ...about, amount: earned }, text: text(earned) },
      question: 'Claim?',
      async act(by: ChainAccount) {
        const mined = await claimAlliance(by, { alliance, id, owner: member })
        const { amount } = mined
        return minedOutcome({ data: { ...about, amount }, text: text(amount) }, mined)
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}

function nothingOwed(id: bigint, member: string): UserError {
  return new UserError('refused', `alliance ${id} owes nothing to ${member}`, {
    code: 'NOTHING_OWED',
    hint: 'Rewards are booked when a round is counted: fednode alliance status  shows what waits.',
  })
}
