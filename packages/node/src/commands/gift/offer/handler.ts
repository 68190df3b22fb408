import path from 'node:path'
import {
  type ChainAccount,
  claimTree,
  type NewGift,
  offerGift,
  readGiftCount,
  readTokenTerms,
} from '@fednode/contracts'
import { printable, UserError } from '@fednode/protocol'
import { askThenAct } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { accountsText } from '../../../claims/accounts-text.ts'
import { readAmounts } from '../../../claims/read-amounts.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { exactAmountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import type { offerArguments, offerOptions } from './options.ts'

type Args = ArgsOf<typeof offerArguments> & ArgsOf<typeof offerOptions>
type Options = Resolved<Args> & { readonly file: string }

const SECONDS_A_DAY = 86_400
const DECIMALS = 18

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), file: path.resolve(context.cwd, args.amounts) }
}

/** @throws {UserError} usage NO_FILE, BAD_AMOUNTS, NOT_A_TOKEN, OTHER_DECIMALS; refused GIFT_NUMBER_TAKEN. */
export async function run(options: Options, context: Context): Promise<Outcome> {
  const { lines, digest } = await readAmounts(options.file)
  const { token, days } = options
  return inNetwork(options, context, async (account, { contracts: { delegatorGifts } }) => {
    const { symbol, decimals } = await readTokenTerms(account, token)
    if (decimals !== DECIMALS) throw otherDecimals(token, decimals)
    const gift = (await readGiftCount(account, { delegatorGifts })) + 1n
    const place = { chainId: account.chainId, contract: delegatorGifts, number: gift }
    const { root, total } = claimTree(place, lines)
    const terms = { delegatorGifts, token, root, total, data: digest }
    const offered = { ...terms, seconds: days * SECONDS_A_DAY }
    const data = { gift, token, root, total, digest, days, accounts: lines.length }
    const what = `gift ${gift}: ${exactAmountText(total)} ${printable(symbol)} for ${accountsText(lines.length)}, ${days} days`
    const deed = {
      foretold: {
        data,
        text: `offer ${what}\n  token  ${token}\n  the contract may hand out so much of your tokens until then; they stay yours until they are taken`,
      },
      question: 'Offer?',
      async act(by: ChainAccount) {
        const mined = await offerAs(by, offered, gift)
        const next = `Next: give your delegators the file:  fednode gift take ${gift} ${options.amounts}`
        return minedOutcome({ data, text: `${what}\n${next}` }, mined)
      },
    }
    return askThenAct(account, deed, { options, context })
  })
}

/** The number is in every leaf: somebody else's gift in between makes this one worthless. */
async function offerAs(by: ChainAccount, offered: NewGift, expected: bigint) {
  const { gift, ...mined } = await offerGift(by, offered)
  if (gift === expected) return mined
  throw new UserError(
    'refused',
    `another gift was offered in this moment: nobody can take this one, number ${gift}`,
    {
      code: 'GIFT_NUMBER_TAKEN',
      hint: 'Nothing left your account. Offer it again: the contract is then allowed twice as much, which gifts of yours only can use.',
    },
  )
}

function otherDecimals(token: string, decimals: number): UserError {
  return new UserError('usage', `token ${token} has ${decimals} decimals, not ${DECIMALS}`, {
    code: 'OTHER_DECIMALS',
    hint: 'Amounts in the table would be others than you mean.',
  })
}
