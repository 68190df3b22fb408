import type { NetworkCall } from '../actions/network/send-call.ts'
import type { ParameterChange } from './governed-parameter.ts'

/** The calls that change parameters: one each, and one for all that a contract takes together, since a second would undo the first. */
export function callsThatChange(changes: readonly ParameterChange[]): readonly NetworkCall[] {
  const groups = Map.groupBy(changes, ({ parameter: { name, group } }) => group?.name ?? name)
  return [...groups.values()].flatMap((members) => {
    const group = members[0]?.parameter.group
    if (group === undefined) return members.map(({ parameter, value }) => parameter.change(value))
    const fields = members.map(({ parameter, value }) => [parameter.group?.field, value])
    return [group.change(Object.fromEntries(fields))]
  })
}
