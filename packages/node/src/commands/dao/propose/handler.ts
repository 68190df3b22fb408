import {
  type ChainAccount,
  ChainError,
  callsThatChange,
  encodeCall,
  type Network,
  type Proposal,
  propose,
  readGovernedParameters,
  tryCalls,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import { parameterText } from '../../../chain/parameter-value.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { describeCalls } from '../describe-proposal.ts'
import { shortNumber } from '../find-proposal.ts'
import type { proposeArguments, proposeOptions } from './options.ts'
import { type TypedChange, typedChanges, wantedChanges } from './wanted-changes.ts'

type Args = ArgsOf<typeof proposeArguments> & ArgsOf<typeof proposeOptions>
type Options = Resolved<Args> & { readonly typed: readonly TypedChange[] }

/** Parameter whose value a proposal stakes. */
const STAKE = 'dao.proposal-stake'

export function init(args: Args, context: Context): Options {
  return { ...withDirectory(args, context), typed: typedChanges(args) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const parameters = await readGovernedParameters(account, network)
    const changes = wantedChanges(options.typed, parameters)
    const calls = [
      ...callsThatChange(changes),
      ...options.call.map((text) => encodeCall(text, network.contracts)),
    ].map(({ to, data }) => ({ target: to, value: 0n, data }))
    const says = describeCalls({ calls }, { network, parameters })
    const tried = await triedText(account, network, { calls, untried: options.untried })
    const stake = parameters.find(({ name }) => name === STAKE)?.value ?? 0n
    const [only] = changes.length === 1 && calls.length === 1 ? changes : []
    const single =
      only === undefined
        ? {}
        : { parameter: only.parameter.name, from: only.parameter.value, to: only.value }
    const title = says.join('; ')
    const { why } = options
    const description = why === undefined ? title : `${title}. ${why}`
    const deed = proposing(network, { calls, description }, { title, says, tried, stake, single })
    return askThenAct(account, deed, { options, context })
  })
}

/** Whether it would be possible now. @throws {ChainError} CALL_FAILS (refused). */
async function triedText(
  account: ChainAccount,
  network: Network,
  { calls, untried }: { readonly calls: Proposal['calls']; readonly untried: boolean },
): Promise<string> {
  if (untried) return 'not tried out'
  try {
    const left = await tryCalls(account, network, calls)
    if (left === calls.length) return 'not tried out: the Dao changes itself in a proposal only'
    return left === 0
      ? 'it would succeed now'
      : `all but ${left} of the Dao itself would succeed now`
  } catch (error) {
    if (!(error instanceof ChainError) || error.code !== 'DRY_RUN_UNSUPPORTED') throw error
    return 'not tried out: this node cannot simulate'
  }
}

type Words = {
  readonly title: string
  /** Each call. */
  readonly says: readonly string[]
  readonly tried: string
  readonly stake: bigint
  /** Of the one parameter, where there is nothing else. */
  readonly single: object
}

function proposing(
  { contracts: { dao } }: Network,
  proposal: Proposal,
  { title, says, tried, stake, single }: Words,
): Deed {
  const data = { ...single, changes: says, tried, stake, ...proposal }
  const text = [
    `propose ${says.length === 1 ? title : 'together'}`,
    ...(says.length === 1 ? [] : says.map((one) => `  ${one}`)),
    `  tried out  ${tried}`,
    `  stake      ${parameterText(stake, 'wei')}: half is lost without a quorum, all of it when voters call it a scam`,
  ].join('\n')
  return {
    foretold: { data, text },
    question: 'Propose?',
    async act(account) {
      const made = await propose(account, { dao, ...proposal }).catch(refuseCopy)
      const { proposal: id, votesFrom, votesUntil, ...mined } = made
      const said = [
        `proposed ${title}`,
        `  proposal  ${id}`,
        `  votes     ${momentText(votesFrom)} to ${momentText(votesUntil)}`,
        `Next, then: fednode dao vote ${shortNumber(id)} for`,
      ].join('\n')
      return minedOutcome(
        { data: { ...data, proposal: id, votesFrom, votesUntil }, text: said },
        mined,
      )
    },
  }
}

/** The Dao numbers proposals by what they say: the second of two that say the same has the first one's number, and its state. */
function refuseCopy(error: unknown): never {
  const isCopy = error instanceof ChainError && error.code === 'GOVERNOR_UNEXPECTED_PROPOSAL_STATE'
  if (!isCopy) throw error
  throw new UserError('refused', 'the same was proposed before, word by word', {
    code: 'PROPOSED_BEFORE',
    hint: 'fednode dao list  shows it. To propose it again, give another  --why.',
    cause: error,
  })
}
