import { once } from 'node:events'
import {
  type Anvil,
  connectAccount,
  deployLocalCurrency,
  deployOrchestrator,
  LOCAL_CHAIN_ID,
  startAnvil,
} from '@fednode/contracts'
import { UserError } from '@fednode/protocol'
import { LOCAL_DEPLOYER_KEY } from '../../../chain/local-deployment.ts'
import { deployLocalNetwork } from '../../../chain/local-network.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { runObserved } from '../../../metrics/run-observed.ts'
import type { Monitor } from '../../../metrics/start-monitor.ts'
import { DEFAULT_RPC } from '../../../options/chain.ts'
import type { localOptions } from './options.ts'

/** Play money needs no time to dispute; the contract asks for at least one second. */
const MIN_CHALLENGE_SECONDS = 1

type Options = ArgsOf<typeof localOptions>

export function init(args: Options): Options {
  return args
}

export async function run(options: Options, context: Context): Promise<undefined> {
  return runObserved({ options, context, needs: ['chain'] }, (monitor) =>
    offer(options, context, monitor),
  )
}

async function offer(
  { port, host, network }: Options,
  { signal, stdout, json, emit }: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const anvil = await startAnvil({ port, host })
  try {
    const contracts = await deploy(anvil.rpcUrl, network ? deployLocalNetwork : undefined)
    monitor.meet('chain', () => anvil.process.exitCode === null)
    emit({ type: 'ready', chainId: LOCAL_CHAIN_ID, rpc: anvil.rpcUrl, ...contracts })
    if (!json) stdout.write(`${readyText(anvil.rpcUrl, contracts)}\n`)
    await untilStopped(anvil, signal)
  } finally {
    await anvil.stop()
  }
}

type Contracts = {
  readonly currency: string
  readonly orchestrator: string
  /** Directory of the network, where one was asked for. */
  readonly network?: string
}

/** In this order: the addresses follow from the deployer's transaction numbers. */
async function deploy(
  rpcUrl: string,
  deployMore: typeof deployLocalNetwork | undefined,
): Promise<Contracts> {
  const account = await connectAccount({
    rpcUrl,
    privateKey: LOCAL_DEPLOYER_KEY,
    chainId: LOCAL_CHAIN_ID,
  })
  const currency = await deployLocalCurrency(account)
  const orchestrator = await deployOrchestrator(account, {
    minChallengeWindow: MIN_CHALLENGE_SECONDS,
  })
  const network = await deployMore?.(account)
  return {
    currency: currency.address.toLowerCase(),
    orchestrator: orchestrator.address.toLowerCase(),
    ...(network === undefined ? {} : { network }),
  }
}

function readyText(rpcUrl: string, { currency, orchestrator, network }: Contracts): string {
  return [
    `Local chain ${LOCAL_CHAIN_ID} at ${rpcUrl}; it lives in memory and ends with Ctrl-C`,
    '',
    `  orchestrator  ${orchestrator}`,
    `  currency      ${currency}  (CUR, play money)`,
    ...(network === undefined ? [] : [`  network       ${network}`]),
    '',
    `Next, in another terminal: fednode init --dir DIR${rpcUrl === DEFAULT_RPC ? '' : ` --rpc ${rpcUrl}`}, then  fednode chain fund --dir DIR`,
    ...(network === undefined
      ? []
      : ['Draws of the network wait for its beacon, which  fednode beacon run --dir DIR  signs']),
  ].join('\n')
}

async function untilStopped(anvil: Anvil, signal: AbortSignal): Promise<void> {
  const died = once(anvil.process, 'exit').then(() => 'died' as const)
  const stopped = once(signal, 'abort').then(() => 'stopped' as const)
  if (signal.aborted || (await Promise.race([died, stopped])) === 'stopped') return
  throw new UserError('chain', 'the local chain (anvil) ended by itself', { code: 'ANVIL_FAILED' })
}
