import path from 'node:path'
import {
  type ChainAccount,
  type ChainReader,
  claimTree,
  type Gift,
  readChainTime,
  readGifts,
  readGiftTaken,
  readTokenTerms,
  takeGift,
} from '@fednode/contracts'
import { printable, UserError } from '@fednode/protocol'
import type { Address } from 'viem'
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
import type { takeArguments, takeOptions } from './options.ts'

type Args = ArgsOf<typeof takeArguments> & ArgsOf<typeof takeOptions>
type Options = Resolved<Args> & { readonly file: string }

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), file: path.resolve(context.cwd, args.amounts) }
}

/** @throws {UserError} usage NO_FILE, BAD_AMOUNTS, UNKNOWN_GIFT; refused OTHER_AMOUNTS, NOT_IN_AMOUNTS, NOT_COVERED. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  const amounts = await readAmounts(options.file)
  const gift = BigInt(options.gift)
  return inNetwork(options, context, async (account, { contracts: { delegatorGifts }, since }) => {
    const [found] = await readGifts(account, { delegatorGifts, fromBlock: since, gift })
    if (found === undefined) throw unknownGift(gift)
    const place = { chainId: account.chainId, contract: delegatorGifts, number: gift }
    const tree = claimTree(place, amounts.lines)
    if (tree.root !== found.root) throw otherAmounts(options.amounts, found)
    const delegator = options.member ?? account.address
    const { amount, proof } = claimOf(amounts, tree, delegator)
    const taking = { delegatorGifts, delegator, gift: found }
    // Of what is over or was taken before, the contract says so.
    if (amount > found.covered && (await isThere(account, taking))) throw notCovered(found, amount)
    const { token } = found
    const { symbol } = await readTokenTerms(account, token)
    const data = { gift, token, member: delegator.toLowerCase(), amount }
    const text = `${exactAmountText(amount)} ${printable(symbol)} of gift ${gift} to ${delegator}`
    const deed = {
      foretold: { data, text: `hand out ${text}` },
      question: 'Take?',
      act: async (by: ChainAccount) =>
        minedOutcome(
          { data, text: `handed out ${text}` },
          await takeGift(by, { delegatorGifts, gift, delegator, amount, proof }),
        ),
    }
    return askThenAct(account, deed, { options, context })
  })
}

async function isThere(
  reader: ChainReader,
  {
    delegatorGifts,
    delegator,
    gift: { gift, until },
  }: { readonly delegatorGifts: Address; readonly delegator: Address; readonly gift: Gift },
): Promise<boolean> {
  if ((await readChainTime(reader)) >= until) return false
  return !(await readGiftTaken(reader, { delegatorGifts, gift, account: delegator }))
}

function unknownGift(gift: bigint): UserError {
  return new UserError('usage', `there is no gift ${gift}`, {
    code: 'UNKNOWN_GIFT',
    hint: 'fednode gift list  shows them.',
  })
}

function otherAmounts(file: string, { gift, data }: Gift): UserError {
  return new UserError('refused', `${file} is not what gift ${gift} was made of`, {
    code: 'OTHER_AMOUNTS',
    hint: `Ask its host for the file with the digest ${data}.`,
  })
}

function notCovered({ gift, host, covered }: Gift, amount: bigint): UserError {
  return new UserError(
    'refused',
    `the host of gift ${gift} has or allows ${exactAmountText(covered)} tokens only, not ${exactAmountText(amount)}`,
    { code: 'NOT_COVERED', hint: `Its tokens stay its own until they are taken: ask ${host}.` },
  )
}
