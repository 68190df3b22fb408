import { required } from '../framework/option.ts'
import { address } from '../framework/value-type.ts'

/** The Scenario that a command is about. */
export const scenarioArgument = required(address, 'address of the Scenario')
