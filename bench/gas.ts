import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { runForge } from '../packages/contracts/scripts/forge.ts'
import type { BenchRow } from './rows.ts'

type Snapshots = { readonly actions: Figures; readonly sizes: Figures; readonly network: Figures }
type Figures = Readonly<Record<string, string>>

/** Clients of the settlement that finalize-per-client divides. */
const FINALIZED = 100

/** Our cases and what the gas tests call them: whole transactions, base and calldata included. */
const ACTIONS = {
  'swap-currency-client': 'swapExactIn, currency to client',
  'swap-client-client': 'swapExactIn, client to client',
  'transfer-steady': 'transfer, steady',
  register: 'register',
  'assert-round': 'assertRound',
  'claim-first': 'claim, new in the currency',
  'claim-later': 'claim, steady',
} as const

/**
 * Cases of the network, named as its gas tests name them, and what CONTRACTS.md 5 asks for. A Merkle claim is above it: it also adds up what
 * its root gives away (attack 24).
 */
const NETWORK: Readonly<Record<string, number>> = {
  stake: 120_000,
  delegate: 110_000,
  'slash-1-delegator': 90_000,
  'slash-10000-delegators': 90_000,
  'beacon-bls12381': 185_000,
  'beacon-bn254': 210_000,
  commit: 60_000,
  'reveal-32': 140_000,
  'merkle-claim': 62_000,
  voucher: 75_000,
}

/**
 * What others publish of themselves (CONTRACTS.md 5): Uniswap v2-core test/UniswapV2Pair.spec.ts, v3-core test/__snapshots__ (within one
 * tick, and crossing one), v4-core snapshots, balancer-v3-monorepo pkg/pool-weighted/test/gas (a pool of 50/50, which needs no power).
 */
const PUBLISHED: Readonly<Record<string, number>> = {
  'uniswap-v2-swap': 73_462,
  'uniswap-v3-swap-within-tick': 99_004,
  'uniswap-v3-swap-crossing-tick': 129_871,
  'uniswap-v4-swap': 123_144,
  'uniswap-v4-swap-existing-liquidity': 116_527,
  'uniswap-v4-first-add': 161_276,
  'balancer-v3-weighted-swap-warm': 151_000,
  'balancer-v3-weighted-swap-cold': 168_100,
  'balancer-v3-join-single': 158_800,
  'balancer-v3-join-proportional': 179_400,
  'balancer-v3-exit-proportional': 166_200,
}

/** Runs the gas tests and reports what they measured, beside what other market makers publish. */
export async function run(): Promise<readonly BenchRow[]> {
  const { actions, sizes, network } = measure()
  const ratio = figure(sizes, 'swapExactIn, 101 tokens') / figure(sizes, 'swapExactIn, 2 tokens')
  return [
    ...Object.entries(ACTIONS).map(([name, test]) => gasRow(name, figure(actions, test))),
    gasRow(
      'finalize-per-client',
      Math.ceil(figure(actions, `finalize, ${FINALIZED} clients`) / FINALIZED),
    ),
    gasRow('join-proportional-10', figure(sizes, 'joinProportional, 10 tokens')),
    { case: 'swap-at-101-tokens-over-2-tokens', metric: 'ratio', value: ratio, unit: '' },
    ...Object.entries(NETWORK).flatMap(([name, target]) => [
      gasRow(name, figure(network, name)),
      { ...gasRow(name, target), metric: 'target' },
    ]),
    ...Object.entries(PUBLISHED).map(([name, gas]) => gasRow(name, gas)),
  ]
}

/** The tests write their figures into an empty folder: nothing that was committed can be read by mistake. */
function measure(): Snapshots {
  const folder = mkdtempSync(path.join(tmpdir(), 'fednode-gas-'))
  try {
    process.stderr.write('compiling the contracts and running their gas tests ...\n')
    const env = { FOUNDRY_SNAPSHOTS: folder, FORGE_SNAPSHOT_CHECK: 'false' }
    const args = ['test', '--match-path', 'solidity/test/gas/*']
    const { status, stdout, stderr, error } = runForge(args, { env, output: 'pipe' })
    if (error !== undefined) throw error
    if (status !== 0) throw new Error(`the gas tests fail:\n${stdout}${stderr}`)
    return {
      actions: read(folder, 'fednode'),
      sizes: read(folder, 'size'),
      network: read(folder, 'network'),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function read(folder: string, group: string): Figures {
  return JSON.parse(readFileSync(path.join(folder, `${group}.json`), 'utf8')) as Figures
}

function figure(figures: Figures, test: string): number {
  const gas = Number(figures[test])
  if (!Number.isSafeInteger(gas)) throw new Error(`no gas test measures "${test}"`)
  return gas
}

function gasRow(name: string, gas: number): BenchRow {
  return { case: name, metric: 'gas', value: gas, unit: 'gas' }
}
