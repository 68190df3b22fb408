import path from 'node:path'
import { createScenario, setAllowed } from '@fednode/contracts'
import { connectAs } from '../../../chain/connect-as.ts'
import { contractOr, LOCAL_CURRENCY, LOCAL_ORCHESTRATOR } from '../../../chain/local-deployment.ts'
import { requireGasMoney } from '../../../chain/require-gas-money.ts'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadIdentity } from '../../../identity/load-identity.ts'
import { readPlanFile } from '../../../plan/read-plan-file.ts'
import { scenarioParams } from '../../../plan/scenario-params.ts'
import type { createArguments, createOptions } from './options.ts'

type Args = ArgsOf<typeof createArguments> & ArgsOf<typeof createOptions>
type Options = Args & { readonly directory: string; readonly path: string }

export function init(args: Args, { cwd }: Context): Options {
  return { ...args, directory: path.resolve(cwd, args.dir), path: path.resolve(cwd, args.file) }
}

export async function run(options: Options): Promise<Outcome> {
  const { dir, allow = [] } = options
  const plan = await readPlanFile(options.path)
  const identity = await loadIdentity(options.directory)
  const account = await connectAs(identity, options)
  try {
    const { chainId } = account
    const flags = { orchestrator: options.orchestrator, currency: options.currency }
    const orchestrator = contractOr(flags.orchestrator, {
      chainId,
      flag: '--orchestrator',
      address: LOCAL_ORCHESTRATOR,
    })
    const currency = contractOr(flags.currency, {
      chainId,
      flag: '--currency',
      address: LOCAL_CURRENCY,
    })
    await requireGasMoney(account, dir)
    const { timestamp } = await account.public.getBlock()
    const params = scenarioParams(plan.manifest, {
      currency,
      peerKey: identity.peerKey.publicKey,
      now: timestamp,
    })
    const created = await createScenario(account, {
      orchestrator,
      params,
      manifest: plan.bytes,
      endpoint: '',
    })
    const { scenario, pool, hash } = created
    const allowed =
      allow.length === 0
        ? undefined
        : await setAllowed(account, { scenario, accounts: allow, allowed: true })
    const gas = created.gasUsed + (allowed?.gasUsed ?? 0n)
    return {
      data: {
        scenario,
        pool,
        manifest: plan.cid,
        chainId,
        federator: account.address,
        transaction: hash,
        gas: Number(gas),
      },
      text: [
        `Federation "${plan.manifest.name}" is on chain ${chainId}`,
        '',
        `  scenario   ${scenario}`,
        `  manifest   ${plan.cid}`,
        `  federator  ${account.address}`,
        `  pool       ${params.seedCurrency === 0n ? 'none' : pool}`,
        `  gas        ${gas}`,
        '',
        `Next: fednode aggregator run --scenario ${scenario} --data VALIDATION --dir ${dir}`,
        `Silos: fednode join ${scenario} --data FILE --name NAME`,
      ].join('\n'),
    }
  } finally {
    await account.close()
  }
}
