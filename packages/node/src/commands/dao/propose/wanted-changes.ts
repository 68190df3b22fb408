import type { GovernedParameter, ParameterChange } from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { parseParameter } from '../../../chain/parameter-value.ts'

/** What the arguments and --change say, as it was typed. */
export type TypedChange = { readonly name: string; readonly value: string }

/**
 * Puts together what was typed.
 * @throws {UserError} usage BAD_OPTION for half of a change, or none at all where nothing else is proposed.
 */
export function typedChanges(typed: {
  readonly parameter: string | undefined
  readonly value: string | undefined
  readonly change: readonly string[]
  readonly call: readonly string[]
}): readonly TypedChange[] {
  const { parameter, value, change, call } = typed
  if (parameter !== undefined && value === undefined) throw incomplete(parameter)
  const first = parameter === undefined || value === undefined ? [] : [{ name: parameter, value }]
  const all = [...first, ...change.map(pairIn)]
  if (all.length + call.length > 0) return all
  throw new UserError('usage', 'nothing is proposed', {
    code: 'BAD_OPTION',
    hint: 'Give PARAMETER VALUE,  --change PARAMETER=VALUE  or  --call CALL.',
  })
}

/**
 * What is to become of which parameter.
 * @throws {UserError} usage UNKNOWN_PARAMETER, BAD_VALUE, BAD_OPTION for one that is named twice.
 */
export function wantedChanges(
  typed: readonly TypedChange[],
  parameters: readonly GovernedParameter[],
): readonly ParameterChange[] {
  const names = typed.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) {
    throw new UserError('usage', `${twice} is named twice`, { code: 'BAD_OPTION' })
  }
  return typed.map(({ name, value }) => {
    const parameter = parameters.find((one) => one.name === name)
    if (parameter === undefined) throw unknown(name)
    return { parameter, value: parseParameter(value, parameter) }
  })
}

function pairIn(text: string): TypedChange {
  const at = text.indexOf('=')
  if (at < 1) throw incomplete(text)
  return { name: text.slice(0, at), value: text.slice(at + 1) }
}

function incomplete(text: string): UserError {
  return new UserError('usage', `${JSON.stringify(text)} says not what the parameter should be`, {
    code: 'BAD_OPTION',
    hint: 'fednode dao propose stake.min-validator 4000 --change arena.locked=8000',
  })
}

function unknown(name: string): UserError {
  return new UserError('usage', `governance has no parameter ${JSON.stringify(name)}`, {
    code: 'UNKNOWN_PARAMETER',
    hint: 'fednode dao params  lists them; anything else is a  --call',
  })
}
