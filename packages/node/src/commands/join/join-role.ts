import type { ValueType } from '../../framework/value-type.ts'
import { ROLES, type Role } from '../../options/roles.ts'

const OTHERS: readonly string[] = ['aggregator', 'investor']

/** What takes part how. Roles of who does not join are read too, from config.yaml, to be refused in their own words. */
export const joinRole: ValueType<Role> = {
  placeholder: 'ROLE',
  expected: `one of ${ROLES.filter((role) => !OTHERS.includes(role)).join(', ')}`,
  parse: (text) => ROLES.find((role) => role === text),
}
