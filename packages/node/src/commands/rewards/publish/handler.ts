import path from 'node:path'
import {
  type ChainAccount,
  claimTree,
  readNextEpoch,
  readRewards,
  submitRewardRoot,
} from '@fednode/contracts'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { accountsText } from '../../../claims/accounts-text.ts'
import { readAmounts } from '../../../claims/read-amounts.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { durationText } from '../../../framework/duration-text.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { publishArguments, publishOptions } from './options.ts'

type Args = ArgsOf<typeof publishArguments> & ArgsOf<typeof publishOptions>
type Options = Resolved<Args> & { readonly file: string }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), file: path.resolve(context.cwd, args.amounts) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { lines, digest } = await readAmounts(options.file)
  return inNetwork(options, context, async (account, { contracts: { rewards }, since }) => {
    const [epoch, { active, delay }] = await Promise.all([
      readNextEpoch(account, { rewards, fromBlock: since }),
      readRewards(account, { rewards }),
    ])
    const place = { chainId: account.chainId, contract: rewards, number: BigInt(epoch) }
    const { root, total } = claimTree(place, lines)
    const added = total - (active?.total ?? 0n)
    const data = { epoch, root, total, added, accounts: lines.length, digest, delay }
    const text = [
      `root ${epoch}: ${exactAmountText(total)} FDN so far for ${accountsText(lines.length)}, ${exactAmountText(added)} FDN of it new`,
      `  root    ${root}`,
      `  digest  ${digest} of ${options.amounts}`,
    ].join('\n')
    const next = `Next: give everybody the file; after ${durationText(delay)}  fednode rewards activate  lets it count, unless the guardian revokes it`
    const deed = {
      foretold: { data, text: `submit ${text}\n  it waits ${durationText(delay)}` },
      question: 'Submit?',
      act: async (by: ChainAccount) =>
        minedOutcome(
          { data, text: `${text}\n${next}` },
          await submitRewardRoot(by, { rewards, root, total, digest }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}
