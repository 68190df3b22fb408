import { defaulted, optional, required } from '../../framework/option.ts'
import {
  decimalAmount,
  filePath,
  listOf,
  peerAddress,
  siloName,
  text,
} from '../../framework/value-type.ts'
import { comparedChainOptions } from '../../options/chain.ts'
import { contractOptions } from '../../options/contracts.ts'
import { directoryOptions } from '../../options/directory.ts'
import { engineOptions } from '../../options/engine.ts'
import { forceOptions } from '../../options/force.ts'
import { listenOptions } from '../../options/listen.ts'
import { memoryOptions } from '../../options/memory.ts'
import { metricsOptions } from '../../options/metrics.ts'
import { networkOptions } from '../../options/network.ts'
import { signerOptions } from '../../options/signer.ts'
import { threadOptions } from '../../options/threads.ts'
import { attackOptions } from './attack-options.ts'
import { joinRole } from './join-role.ts'

export const joinArguments = {
  federation: required(
    text('FEDERATION'),
    'an invite, the address of its Scenario, or the manifest of a federation without a chain (chain: none); with --role alliance its number, with --role arena-… the task: arena:3',
  ),
} as const

export const joinOptions = {
  data: required(filePath(), "this silo's rows; they never leave it"),
  name: required(siloName, 'name of this silo in the federation'),
  role: defaulted(
    joinRole,
    'silo',
    'silo: train for an aggregator; validator: make its rounds again and compare, or score models of a task; alliance: propose, judge and vote, without aggregator; arena-node, arena-validator: train, or score, models of a task',
  ),
  ...networkOptions,
  manifest: optional(filePath(), 'manifest of the alliance or task, as its creator has it'),
  stake: optional(
    decimalAmount,
    'FDN to stake in the alliance or task where the own stake is less',
  ),
  accept: optional(text('CID'), 'approve this manifest beforehand, where nobody can be asked'),
  ...forceOptions,
  bootstrap: optional(
    listOf(peerAddress),
    'members to ask for the others where the chain names no address that can be reached',
  ),
  ...directoryOptions,
  ...signerOptions,
  ...comparedChainOptions,
  ...contractOptions,
  ...listenOptions,
  ...engineOptions,
  ...threadOptions,
  ...memoryOptions,
  ...metricsOptions,
  ...attackOptions,
} as const
