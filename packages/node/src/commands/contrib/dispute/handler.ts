import path from 'node:path'
import { type ChainAccount, dispute, formatAmount, type ScenarioState } from '@fednode/contracts'
import { digestOfCid, UserError } from '@fednode/protocol'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { connectToAct } from '../../../chain/connect-as.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { readChainFacts } from '../../../verify/chain-facts.ts'
import type { Check } from '../../../verify/check.ts'
import { type OwnEvidence, storeOwnEvidence } from '../../../verify/own-evidence.ts'
import { verifyScenario } from '../../../verify/verify-scenario.ts'
import { trusted } from '../../market/market.ts'
import type { disputeArguments, disputeOptions } from './options.ts'

/** Lines of what differs that are shown. */
const MOST_LINES = 10

type Args = ArgsOf<typeof disputeArguments> & ArgsOf<typeof disputeOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  const { data } = args
  return {
    ...args,
    directory: path.resolve(cwd, args.dir),
    data: data === undefined ? undefined : path.resolve(cwd, data),
  }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { scenario, round, directory } = options
  const account = await connectToAct(options, context)
  try {
    const facts = await readChainFacts(account, trusted(options), context.logger)
    requireAnchored(facts.plan.state, round)
    const { data, engine } = options
    const verification = await verifyScenario(
      {
        ...{ dataDirectory: directory, scenario, round },
        ...(data === undefined ? {} : { data }),
        ...(engine === undefined ? {} : { engine }),
      },
      facts,
      context,
    )
    const fails = verification.checks.filter(({ status }) => status === 'FAIL')
    if (fails.length === 0 && !options.force) throw nothingDiffers(round, verification.recomputed)
    const own = await storeOwnEvidence(verification, { directory, round })
    const deed = disputeOf({ scenario, round, own, fails, state: facts.plan.state })
    return await askThenAct(account, deed, { options, context })
  } finally {
    await account.close()
  }
}

/** Only the newest outcome, within its challenge window, of a federation that has disputes. */
function requireAnchored(
  { params, phase, currentRound, assertion }: ScenarioState,
  round: number,
): void {
  if (params.bond === 0n) {
    throw new UserError('refused', 'this federation has no disputes: its manifest names no bond', {
      code: 'NO_DISPUTES',
    })
  }
  if (phase === 'asserted' && currentRound === round && assertion !== null) return
  const now = phase === 'disputed' ? 'in dispute already' : `${phase}, at round ${currentRound}`
  throw new UserError(
    'chain',
    `the outcome of round ${round} cannot be disputed: the Scenario is ${now}`,
    {
      code: 'WRONG_PHASE',
      hint: 'An outcome can be disputed once, from its anchoring to the end of its challenge window.',
    },
  )
}

function nothingDiffers(round: number, recomputed: boolean): UserError {
  const message = recomputed
    ? `nothing of round ${round} differs: whoever disputed it would lose the bond`
    : `nothing of round ${round} was found to differ, but it could not be made again`
  return new UserError('refused', message, {
    code: 'NOTHING_DIFFERS',
    hint: recomputed
      ? 'To dispute all the same, add  --force'
      : `fednode contrib verify --round ${round}  says what was skipped and why; or add  --force`,
  })
}

function disputeOf(subject: {
  readonly scenario: `0x${string}`
  readonly round: number
  readonly own: OwnEvidence
  readonly fails: readonly Check[]
  readonly state: ScenarioState
}): Deed {
  const { scenario, round, own, fails, state } = subject
  const evidence = digestOfCid(own.cid)
  const { dispute: bond } = state.bonds
  const data = { scenario, round, bond, evidence, file: own.file, differs: fails }
  const rest = fails.length - MOST_LINES
  return {
    foretold: {
      data,
      text: [
        `dispute the shares of round ${round}, which ${state.assertion?.sharesHash} anchors`,
        ...(fails.length === 0 ? ['  nothing differs (--force)'] : []),
        ...fails.slice(0, MOST_LINES).map(({ code, detail }) => `  ${code}: ${detail}`),
        ...(rest > 0 ? [`  and ${rest} more`] : []),
        `  evidence    ${own.cid}`,
        `              ${own.file}`,
        `  bond        ${formatAmount(bond)} CUR, of your bond credit first`,
        `  decided by  ${state.params.resolver.toLowerCase()}`,
        '  then        the round waits; if the shares are struck down you get the bond back and half of',
        "              the federator's; if they are upheld you lose it",
      ].join('\n'),
    },
    question: `Stake ${formatAmount(bond)} CUR on it?`,
    act: async (account: ChainAccount) => {
      const mined = await dispute(account, { scenario, round, evidence })
      const text = `round ${round} is in dispute: evidence may be given until ${momentText(mined.resolvableAt)}`
      return minedOutcome({ data: { ...data, resolvableAt: mined.resolvableAt }, text }, mined)
    },
  }
}
