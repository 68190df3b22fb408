import path from 'node:path'
import {
  type ChainAccount,
  claimMerkleReward,
  readRewardPaid,
  readRewards,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { claimOf } from '../../../claims/claim-of.ts'
import { readAmounts } from '../../../claims/read-amounts.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { claimArguments, claimOptions } from './options.ts'
import { presentTree } from './present-tree.ts'

type Args = ArgsOf<typeof claimArguments> & ArgsOf<typeof claimOptions>
type Options = Resolved<Args> & { readonly file: string }

const BPS = 10_000n

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), file: path.resolve(context.cwd, args.amounts) }
}

/** @throws {UserError} usage NO_FILE, BAD_AMOUNTS; refused NO_ROOT, ROOT_WAITING, OTHER_AMOUNTS, NOT_IN_AMOUNTS, NOTHING_DUE. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  const amounts = await readAmounts(options.file)
  return inNetwork(options, context, async (account, { contracts: { rewards } }) => {
    const member = options.member ?? account.address
    const state = await readRewards(account, { rewards })
    const place = { chainId: account.chainId, contract: rewards }
    const { tree, epoch } = presentTree(amounts, state, place)
    const { amount, proof } = claimOf(amounts, tree, member)
    const before = await readRewardPaid(account, { rewards, account: member })
    const due = amount - before
    if (due <= 0n) throw nothingDue(member, before)
    const fee = (due * BigInt(state.claimFeeBps)) / BPS
    const data = { member: member.toLowerCase(), epoch, earned: amount, amount: due, fee }
    const less = fee === 0n ? '' : `, of which ${exactAmountText(fee)} FDN are the treasury's`
    const text = `${exactAmountText(due)} FDN to ${member} by root ${epoch}${less}`
    const deed = {
      foretold: { data, text: `pay ${text}` },
      question: 'Claim?',
      act: async (by: ChainAccount) =>
        minedOutcome(
          { data, text: `paid ${text}` },
          await claimMerkleReward(by, { rewards, member, amount, proof }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}

function nothingDue(member: string, paid: bigint): UserError {
  return new UserError('refused', `${member} was paid all of its ${exactAmountText(paid)} FDN`, {
    code: 'NOTHING_DUE',
    hint: 'The next root may give more.',
  })
}
