import {
  type ChainReader,
  describeCall,
  type GovernedParameter,
  type MadeProposal,
  type Network,
  type ParameterChange,
  readGovernedParameters,
} from '@fednode/contracts'
import { printable } from '@fednode/protocol'
import { parameterText } from '../../chain/parameter-value.ts'
import { shortNumber } from './find-proposal.ts'

/** Characters of a proposer's words that are shown. */
const MAX_SHOWN = 200

/** What a proposal would do, from its calls, and what its proposer says of it. */
export type ProposalText = { readonly text: string; readonly calls: readonly string[] }

/** Says what a proposal would do. */
export async function describeProposal(
  reader: ChainReader,
  network: Network,
  made: MadeProposal,
): Promise<ProposalText> {
  const parameters = await readGovernedParameters(reader, network)
  const calls = describeCalls(made, { network, parameters })
  const { id, description } = made
  const text = [
    `proposal ${shortNumber(id)}`,
    ...calls.map((call) => `  ${call}`),
    `  its proposer says: ${printable(description, MAX_SHOWN)}`,
  ].join('\n')
  return { text, calls }
}

/** Each change and each other call of a proposal in a line. */
export function describeCalls(
  { calls }: Pick<MadeProposal, 'calls'>,
  about: { readonly network: Network; readonly parameters: readonly GovernedParameter[] },
): readonly string[] {
  const { network, parameters } = about
  const { contracts } = network
  return calls.flatMap((call) => {
    const { text, changes } = describeCall(call, { contracts, parameters })
    return changes.length === 0 ? [text] : changes.map(changeText)
  })
}

function changeText({ parameter, value }: ParameterChange): string {
  const { name, unit } = parameter
  const wanted = parameterText(value, unit)
  if (parameter.value === value) return `${name}: ${wanted}`
  return `${name}: ${parameterText(parameter.value, unit)} -> ${wanted}`
}
