import type { CommandTree } from '../cli.ts'
import { chainFundCommand } from './chain/fund/index.ts'
import { chainLocalCommand } from './chain/local/index.ts'
import { dataCheckCommand } from './data/check/index.ts'
import { federationAllowCommand } from './federation/allow/index.ts'
import { federationCreateCommand } from './federation/create/index.ts'
import { federationInitCommand } from './federation/init/index.ts'
import { federationShowCommand } from './federation/show/index.ts'
import { initCommand } from './init/index.ts'
import { joinCommand } from './join/index.ts'

/** Every command, in the order of the help text. */
export const commandTree: CommandTree = {
  commands: [
    initCommand,
    federationInitCommand,
    federationShowCommand,
    federationCreateCommand,
    federationAllowCommand,
    dataCheckCommand,
    joinCommand,
    chainLocalCommand,
    chainFundCommand,
  ],
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
