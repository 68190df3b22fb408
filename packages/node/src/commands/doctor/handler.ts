import path from 'node:path'
import type { ChainReader } from '@fednode/contracts'
import { readReport } from '@fednode/engine'
import { checkChain } from '../../doctor/check-chain.ts'
import { checkDisk } from '../../doctor/check-disk.ts'
import { checkEngine } from '../../doctor/check-engine.ts'
import { checkListen } from '../../doctor/check-listen.ts'
import { checkReach } from '../../doctor/check-reach.ts'
import { type Finding, found, pass, warn } from '../../doctor/finding.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { peerAddress } from '../../framework/value-type.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { dataSource } from '../../plan/data-source.ts'
import type { ScenarioPlan } from '../../plan/plan.ts'
import { readScenarioPlan } from '../../plan/read-scenario-plan.ts'
import type { doctorArguments, doctorOptions } from './options.ts'

type Args = ArgsOf<typeof doctorArguments> & ArgsOf<typeof doctorOptions>
type Options = Args & { readonly directory: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const { directory, listen, relay = [], bootstrap = [] } = options
  const findings: Finding[] = [
    await found('engine', () => checkEngine(options, context)),
    await checkDisk(directory),
    await found('keys', async () => {
      const { peerId } = await loadPeerKey(directory)
      return pass('keys', `peer ${peerId}; nobody else on this machine may read them`)
    }),
    ...(await Promise.all(listen.map(checkListen))),
    ...(await lookAtChain(options, context)),
    ...(await Promise.all(relay.map((address) => checkReach('relay', address)))),
    ...(await Promise.all(bootstrap.map((address) => checkReach('member', address)))),
  ]
  const failed = findings.filter(({ status }) => status === 'FAIL')
  const fault = failed.find((finding) => finding.fault !== undefined)?.fault
  return { data: { findings }, text: textOf(findings), ...(fault === undefined ? {} : { fault }) }
}

/** The chain, and what it says of the federation. */
async function lookAtChain(options: Options, context: Context): Promise<readonly Finding[]> {
  const { rpc: rpcUrl, chainId, scenario } = options
  const findings: Finding[] = []
  let reader: ChainReader | undefined
  const chain = await found('chain', async () => {
    const looked = await checkChain(
      { rpcUrl, ...(chainId === undefined ? {} : { chainId }) },
      context.now(),
    )
    reader = looked.reader
    findings.push(...looked.findings.slice(1))
    return looked.findings[0] ?? pass('chain', 'answers')
  })
  if (reader === undefined || scenario === undefined) return [chain, ...findings]
  const known = reader
  let plan: ScenarioPlan | undefined
  const contracts = await found('contracts', async () => {
    plan = await readScenarioPlan(known, { scenario })
    return pass('contracts', `Scenario ${scenario}, manifest ${plan.cid}`)
  })
  const more = plan === undefined ? [] : await lookAtFederation(plan, options, context)
  return [chain, ...findings, contracts, ...more]
}

async function lookAtFederation(
  { state, manifest, cid }: ScenarioPlan,
  { data }: Options,
  { cwd }: Context,
): Promise<readonly Finding[]> {
  const addresses = state.endpoint.split(',').filter((one) => peerAddress.parse(one) !== undefined)
  const aggregator =
    addresses.length === 0
      ? [warn('aggregator', 'it has said no address on the chain yet', 'Ask the federator.')]
      : await Promise.all(addresses.map((address) => checkReach('aggregator', address)))
  if (data === undefined) return aggregator
  const rows = await found('data', async () => {
    const { used, rows } = await readReport(dataSource(cwd, data), manifest.data)
    return pass('data', `${used} of ${rows} rows match the manifest ${cid}`)
  })
  return [...aggregator, rows]
}

function textOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ status, check, detail, fix }) => [
    `${status}  ${check.padEnd(width)}  ${detail}`,
    ...(fix === undefined || fix === '' ? [] : [`      ${'fix'.padEnd(width)}  ${fix}`]),
  ])
  const count = (status: Finding['status']): number =>
    findings.filter((finding) => finding.status === status).length
  return [...lines, `${count('FAIL')} failed, ${count('WARN')} warnings`].join('\n')
}
