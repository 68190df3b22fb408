import {
  type GovernedParameter,
  type Network,
  type Proposal,
  propose,
  readGovernedParameters,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { askThenAct, type Deed } from '../../../chain/ask-then-act.ts'
import { minedOutcome } from '../../../chain/mined-outcome.ts'
import { inNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import { momentText } from '../../../framework/moment-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { type Resolved, withDirectory } from '../../../identity/with-directory.ts'
import { shortNumber } from '../find-proposal.ts'
import { parameterText, parseParameter } from '../parameter-value.ts'
import type { proposeArguments, proposeOptions } from './options.ts'

type Args = ArgsOf<typeof proposeArguments> & ArgsOf<typeof proposeOptions>
type Options = Resolved<Args>

/** Parameter whose value a proposal stakes. */
const STAKE = 'dao.proposal-stake'

export function init(args: Args, context: Context): Options {
  return withDirectory(args, context)
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  return inNetwork(options, context, async (account, network) => {
    const parameters = await readGovernedParameters(account, network)
    const parameter = named(parameters, options.parameter)
    const value = parseParameter(options.value, parameter)
    const stake = parameters.find(({ name }) => name === STAKE)?.value ?? 0n
    const deed = proposing(network, { parameter, value, stake, why: options.why })
    return askThenAct(account, deed, { options, context })
  })
}

function named(parameters: readonly GovernedParameter[], name: string): GovernedParameter {
  const found = parameters.find((parameter) => parameter.name === name)
  if (found !== undefined) return found
  throw new UserError('usage', `governance has no parameter ${JSON.stringify(name)}`, {
    code: 'UNKNOWN_PARAMETER',
    hint: 'fednode dao params  lists them.',
  })
}

type Change = {
  readonly parameter: GovernedParameter
  readonly value: bigint
  readonly stake: bigint
  readonly why: string | undefined
}

function proposing({ contracts }: Network, { parameter, value, stake, why }: Change): Deed {
  const { name, unit, change } = parameter
  const [from, to] = [parameterText(parameter.value, unit), parameterText(value, unit)]
  const { to: target, data: call } = change(value)
  const title = `${name}: ${from} -> ${to}`
  const proposal: Proposal = {
    calls: [{ target, value: 0n, data: call }],
    description: why === undefined ? title : `${title}. ${why}`,
  }
  const data = { parameter: name, from: parameter.value, to: value, stake, ...proposal }
  const text = [
    `propose ${title}`,
    `  stake ${parameterText(stake, 'wei')}: half is lost without a quorum, all of it when voters call it a scam`,
  ].join('\n')
  return {
    foretold: { data, text },
    question: 'Propose?',
    async act(account) {
      const { dao } = contracts
      const {
        proposal: id,
        votesFrom,
        votesUntil,
        ...mined
      } = await propose(account, {
        dao,
        ...proposal,
      })
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
