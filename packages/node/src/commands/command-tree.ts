import type { CommandTree } from '../cli.ts'
import { initCommand } from './init/index.ts'

/** Every command, in the order of the help text. */
export const commandTree: CommandTree = {
  commands: [initCommand],
  groups: {
    federation: 'plan a federation and put it on a chain',
    data: 'look at data without letting it leave',
    aggregator: "the operator's side of a federation",
    run: 'rounds, models, seconds',
    contrib: 'what each silo contributed',
    market: 'client tokens and the pool',
    chain: 'local chain, balances, rewards',
  },
}
