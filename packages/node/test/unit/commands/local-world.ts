import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Anvil,
  type ChainAccount,
  connectAccount,
  deployLocalCurrency,
  deployOrchestrator,
  startAnvil,
} from '@fednode/contracts'
import { afterAll, beforeAll } from 'vitest'
import { LOCAL_DEPLOYER_KEY } from '../../../src/chain/local-deployment.ts'
import { type CliRun, runCli } from '../framework/run-cli.ts'

/** A real local chain with the contracts, a directory of data files, and the command line upon them. */
export type LocalWorld = {
  readonly directory: string
  readonly rpc: string
  path(name: string): string
  /** Runs `fednode` in the directory, on the chain. */
  run(argv: readonly string[], options?: Parameters<typeof runCli>[1]): Promise<CliRun>
  /** The same with --json; the envelope's data. */
  json(argv: readonly string[]): Promise<Record<string, unknown>>
  /** A participant with keys and, unless told otherwise, money. */
  participant(
    name: string,
    options?: { readonly funded: boolean },
  ): Promise<Record<string, unknown>>
  federation(
    changes: Readonly<Record<string, string>>,
    allow?: readonly string[],
  ): Promise<{ readonly scenario: string; readonly manifest: string }>
}

/** Deploying a network takes seconds, and longer beside other tests. */
const START_MS = 60_000

/** Rows of a learnable table: `outcome` follows from `x` and `y` mostly. */
export function rows(count: number, seed: number): string {
  let state = seed
  const random = (): number => {
    // Numerical Recipes' linear congruential generator: enough for test rows.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const lines = Array.from({ length: count }, () => {
    const [x, y] = [random(), random()]
    return `${x.toFixed(4)},${y.toFixed(4)},${x + y + 0.3 * (random() - 0.5) > 1 ? 'yes' : 'no'}`
  })
  return `x,y,outcome\n${lines.join('\n')}\n`
}

/** One world for all tests of a file. @param deployMore - deploys what else a chain is to have. */
export function useLocalWorld(
  deployMore: (deployer: ChainAccount) => Promise<unknown> = async () => {},
): LocalWorld {
  const directory = mkdtempSync(path.join(tmpdir(), 'fednode-world-'))
  let anvil: Anvil | undefined
  let template = ''
  let number = 0

  beforeAll(async () => {
    anvil = await startAnvil()
    const account = await connectAccount({ rpcUrl: anvil.rpcUrl, privateKey: LOCAL_DEPLOYER_KEY })
    await deployLocalCurrency(account)
    await deployOrchestrator(account, { minChallengeWindow: 1 })
    await deployMore(account)
    for (const [index, name] of ['validation', 'a', 'b'].entries()) {
      writeFileSync(path.join(directory, `${name}.csv`), rows(120, index + 1))
    }
    await world.participant('operator')
    const init = ['federation', 'init', '--data', 'validation.csv', '--label', 'outcome']
    await world.json([...init, '--rounds', '2', '--max-silos', '2', '--out', 'template.yaml'])
    const { readFileSync } = await import('node:fs')
    // `federation init` draws a seed; every run of a test is to be the same.
    template = readFileSync(world.path('template.yaml'), 'utf8').replace(/^seed: \d+/m, 'seed: 7')
  }, START_MS)
  afterAll(async () => {
    await anvil?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  const world: LocalWorld = {
    directory,
    get rpc() {
      return anvil?.rpcUrl ?? ''
    },
    path: (name) => path.join(directory, name),
    run: (argv, options = {}) =>
      runCli(argv, {
        ...options,
        io: {
          cwd: directory,
          env: { FEDNODE_RPC: world.rpc, FEDNODE_CACHE: path.join(directory, 'cache') },
          ...options.io,
        },
      }),
    async json(argv) {
      const { code, stdout, stderr } = await world.run([...argv, '--json'])
      if (code !== 0) throw new TypeError(`${argv.join(' ')}: ${stderr}`)
      return JSON.parse(stdout).data
    },
    async participant(name, { funded } = { funded: true }) {
      const made = await world.json(['init', '--dir', name])
      if (funded) await world.json(['chain', 'fund', '--dir', name])
      return made
    },
    async federation(changes, allow = []) {
      number++
      const file = `federation-${number}.yaml`
      let yaml = template
      for (const [before, after] of Object.entries(changes)) {
        if (!yaml.includes(before)) throw new TypeError(`no ${before} in the template`)
        yaml = yaml.replace(before, after)
      }
      writeFileSync(world.path(file), yaml)
      const allowed = allow.length === 0 ? [] : ['--allow', allow.join(',')]
      const made = await world.json(['federation', 'create', file, '--dir', 'operator', ...allowed])
      return { scenario: String(made.scenario), manifest: String(made.manifest) }
    },
  }
  return world
}
