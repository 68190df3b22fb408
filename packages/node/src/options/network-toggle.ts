import { toggle } from '../framework/option.ts'
import { address } from '../framework/value-type.ts'

/** A --network that is on or off. Elsewhere FEDNODE_NETWORK and config.yaml name a network by its address, which asks for nothing here. */
export function networkToggle(help: string): ReturnType<typeof toggle> {
  const asked = toggle(help)
  return {
    ...asked,
    type: {
      ...asked.type,
      parse: (value) => (address.parse(value) === undefined ? asked.type.parse(value) : false),
    },
  }
}
