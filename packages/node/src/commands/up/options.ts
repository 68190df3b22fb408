import { STRATEGY_NAMES } from '@fednode/protocol'
import { optional, repeated, toggle } from '../../framework/option.ts'
import { choice, filePath, integer, text } from '../../framework/value-type.ts'
import { attackName } from '../../options/attack.ts'
import { engineOptions } from '../../options/engine.ts'
import { forceOptions } from '../../options/force.ts'
import { memoryOptions } from '../../options/memory.ts'
import { networkToggle } from '../../options/network-toggle.ts'
import { startOptions } from '../../options/start.ts'
import { threadOptions } from '../../options/threads.ts'

/** More rounds than anybody waits for on one machine. */
const MAX_LOCAL_ROUNDS = 1_000
/** Fewer have no majority; more would each have too few rows, and too little memory on most machines. */
const MIN_SILOS = 3
const MAX_SILOS = 20

export const upArguments = {
  manifest: optional(filePath('MANIFEST'), 'federation.yaml; the bundled example when left out'),
} as const

export const upOptions = {
  data: repeated(
    text('NAME=FILE'),
    'data of one silo, once for each; or one FILE that is split by the silo column of the manifest',
  ),
  validation: optional(filePath(), 'held-out rows of the aggregator, as named in the manifest'),
  ...startOptions,
  network: networkToggle(
    'a network instead of a federation: a vote, an alliance of 8 nodes with two malicious ones, a task of the arena',
  ),
  rounds: optional(integer('N', 1, MAX_LOCAL_ROUNDS), 'rounds, instead of what the manifest says'),
  silos: optional(integer('N', MIN_SILOS, MAX_SILOS), 'silos of the bundled example (default: 5)'),
  strategy: optional(
    choice('STRATEGY', STRATEGY_NAMES),
    'strategy of the bundled example, instead of fedavg',
  ),
  attack: optional(attackName, 'the last silos attack on purpose: see what a strategy bears'),
  attackers: optional(
    integer('K', 1, MAX_SILOS),
    'how many silos attack, fewer than half (default: 1; alie: 2)',
  ),
  ...forceOptions,
  ...engineOptions,
  ...threadOptions,
  ...memoryOptions,
  out: optional(
    filePath('DIR'),
    'directory of this run (default: .fednode/runs/<time>; of these the last 3 keep their weights)',
  ),
  keep: toggle("keep the silos' directories, keys and data files too"),
  noReport: toggle('write no HTML report'),
} as const
