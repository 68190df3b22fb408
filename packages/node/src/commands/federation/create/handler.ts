import path from 'node:path'
import { type ChainAccount, createScenario, readChainTime, setAllowed } from '@fednode/contracts'
import type { PeerKey } from '@fednode/protocol'
import { connectToAct } from '../../../chain/connect-as.ts'
import { contractOr, LOCAL_CURRENCY, LOCAL_ORCHESTRATOR } from '../../../chain/local-deployment.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import { requireGasMoney } from '../../../chain/require-gas-money.ts'
import { type Foretold, tryOut } from '../../../chain/try-out.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import type { ChainPlan } from '../../../plan/plan.ts'
import { prepareResolver } from '../../../plan/prepare-resolver.ts'
import { readPlanFile } from '../../../plan/read-plan-file.ts'
import { requireChain } from '../../../plan/require-chain.ts'
import { scenarioParams } from '../../../plan/scenario-params.ts'
import type { createArguments, createOptions } from './options.ts'

type Args = ArgsOf<typeof createArguments> & ArgsOf<typeof createOptions>
type Options = Args & { readonly directory: string; readonly path: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir), path: path.resolve(cwd, args.file) }
}

export async function run(options: Options, context: Context): Promise<Outcome> {
  const read = await readPlanFile(options.path)
  const plan = { ...read, manifest: requireChain(read.manifest, options.file) }
  const peerKey = await loadPeerKey(options.directory)
  const account = await connectToAct(options, context)
  try {
    const putOnChain = (by: ChainAccount) => create(options, { plan, peerKey, account: by })
    if (options.dryRun) return await tryOut(account, putOnChain, () => foretell(plan, account))
    const created = await putOnChain(account)
    const { chainId } = account
    const federator = ownAddress(account)
    return {
      data: { ...created, manifest: plan.cid, chainId, federator },
      text: textOf(options, { ...created, plan, chainId, federator }),
    }
  } finally {
    await account.close()
  }
}

type Created = {
  readonly scenario: string
  /** Zero address: no pool. */
  readonly pool: string
  readonly transaction: string
  readonly gas: number
}

async function create(
  options: Options,
  by: { readonly plan: ChainPlan; readonly peerKey: PeerKey; readonly account: ChainAccount },
): Promise<Created> {
  const { plan, peerKey, account } = by
  const { allow = [] } = options
  const { chainId } = account
  const orchestrator = contractOr(options.orchestrator, {
    chainId,
    flag: '--orchestrator',
    address: LOCAL_ORCHESTRATOR,
  })
  const currency = contractOr(options.currency, {
    chainId,
    flag: '--currency',
    address: LOCAL_CURRENCY,
  })
  if (!options.dryRun) await requireGasMoney(account, options.dir)
  const prepared = await prepareResolver(account, plan.manifest)
  const params = scenarioParams(plan.manifest, {
    currency,
    peerKey: peerKey.publicKey,
    now: await readChainTime(account),
    resolver: prepared.resolver,
  })
  const made = await createScenario(account, {
    orchestrator,
    params,
    manifest: plan.bytes,
    endpoint: '',
  })
  const { scenario } = made
  const allowed =
    allow.length === 0
      ? undefined
      : await setAllowed(account, { scenario, accounts: allow, allowed: true })
  return {
    scenario: scenario.toLowerCase(),
    pool: made.pool.toLowerCase(),
    transaction: made.hash,
    gas: Number(prepared.gasUsed + made.gasUsed + (allowed?.gasUsed ?? 0n)),
  }
}

/** Without addresses: another federation that is created first takes them. */
function foretell({ manifest, cid }: ChainPlan, account: ChainAccount): Foretold {
  const { chainId } = account
  const federator = ownAddress(account)
  const text = [
    `Federation "${manifest.name}" can be put on chain ${chainId}`,
    '',
    `  manifest   ${cid}`,
    `  federator  ${federator}`,
  ]
  return { data: { manifest: cid, chainId, federator }, text: text.join('\n') }
}

function textOf(
  { dir }: Options,
  made: Created & {
    readonly plan: ChainPlan
    readonly chainId: number
    readonly federator: string
  },
): string {
  const { plan, chainId, scenario, pool, federator, gas } = made
  return [
    `Federation "${plan.manifest.name}" is on chain ${chainId}`,
    '',
    `  scenario   ${scenario}`,
    `  manifest   ${plan.cid}`,
    `  federator  ${federator}`,
    `  pool       ${plan.manifest.market.poolBps === 0 ? 'none' : pool}`,
    `  gas        ${gas.toLocaleString('en-US')}`,
    '',
    `Silos: fednode join ${scenario} --data FILE --name NAME`,
    `Next: fednode aggregator run --scenario ${scenario} --data VALIDATION --dir ${dir}`,
  ].join('\n')
}
