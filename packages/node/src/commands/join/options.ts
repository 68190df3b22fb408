import { PLAN_FLOORS } from '@fednode/protocol'
import { defaulted, optional, repeated, required } from '../../framework/option.ts'
import {
  choice,
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
import { listenOptions } from '../../options/listen.ts'
import { metricsOptions } from '../../options/metrics.ts'
import { networkOptions } from '../../options/network.ts'
import { signerOptions } from '../../options/signer.ts'
import { attackOptions } from './attack-options.ts'

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
    choice('ROLE', ['silo', 'alliance', 'arena-node', 'arena-validator']),
    'silo',
    'silo: train for an aggregator; alliance: propose, judge and vote, without one; arena-node, arena-validator: train, or score, models of a task',
  ),
  ...networkOptions,
  manifest: optional(filePath(), 'manifest of the alliance or task, as its creator has it'),
  stake: optional(
    decimalAmount,
    'FDN to stake in the alliance or task where the own stake is less',
  ),
  accept: optional(text('CID'), 'approve this manifest beforehand, where nobody can be asked'),
  force: repeated(
    choice('CODE', PLAN_FLOORS),
    'take part though the plan is below this floor: your rows may be recognised in what is sent',
  ),
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
  ...metricsOptions,
  ...attackOptions,
} as const
