import path from 'node:path'
import { type ClaimPlace, claimTree, type RewardRoot, readRewards } from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import { type Amounts, readAmounts } from '../../../claims/read-amounts.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { withReader } from '../../market/market.ts'
import { rootText } from '../waiting-root.ts'
import type { statusArguments, statusOptions } from './options.ts'

type Args = ArgsOf<typeof statusArguments> & ArgsOf<typeof statusOptions>
type Options = Args & { readonly file: string | undefined }

export function init(args: Args, { cwd }: Context): Options {
  const { amounts } = args
  return { ...args, file: amounts === undefined ? undefined : path.resolve(cwd, amounts) }
}

export async function run(options: Options): Promise<Outcome> {
  const amounts = options.file === undefined ? undefined : await readAmounts(options.file)
  return withReader(options, async (reader) => {
    const { contracts, directory } = await openNetwork(reader, options)
    const { rewards } = contracts
    const state = await readRewards(reader, { rewards })
    const { active, pending, challenge, ...rest } = state
    const place = { chainId: reader.chainId, contract: rewards }
    const roots = [active, pending].filter((root) => root !== undefined)
    const made = amounts && (roots.find((root) => isMadeOf(root, amounts, place))?.epoch ?? null)
    const none = { active: active ?? null, pending: pending ?? null, challenge: challenge ?? null }
    return {
      data: {
        network: directory.toLowerCase(),
        ...{ ...none, ...rest },
        ...(made === undefined ? {} : { madeOf: made }),
      },
      text: [
        `rewards  ${exactAmountText(state.paid)} of ${exactAmountText(state.funded)} FDN are paid`,
        active === undefined
          ? 'no root counts yet'
          : `root ${active.epoch} counts: ${exactAmountText(active.total)} FDN in all\n  root   ${active.root}`,
        pending === undefined ? 'no root waits' : rootText(pending, state),
        ...(amounts === undefined ? [] : [madeText(amounts, made ?? undefined)]),
      ].join('\n'),
    }
  })
}

/** As anybody computes a root again before it counts; with another sum than that of the table the last who claim would go without. */
function isMadeOf(
  { root, total, epoch }: RewardRoot,
  { lines }: Amounts,
  place: Omit<ClaimPlace, 'number'>,
): boolean {
  const tree = claimTree({ ...place, number: BigInt(epoch) }, lines)
  return tree.root === root && tree.total === total
}

function madeText({ file }: Amounts, epoch: number | undefined): string {
  return epoch === undefined
    ? `${file} makes another root than these, or another sum`
    : `${file} makes root ${epoch}`
}
