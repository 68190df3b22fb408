import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterEach, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')
const BIN = path.join(ROOT, 'packages/node/src/bin.ts')
const RPC_PORT = '18545'
const STEP_TIMEOUT_MS = 120_000

/** Code blocks of the README's second section, in order: split, chain, operator, silo a, silo b, investor, afterwards. */
const BLOCKS = readBlocks()

const children: ChildProcess[] = []
let directory = ''

afterEach(async () => {
  for (const child of children.splice(0).reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = once(child, 'exit')
    child.kill('SIGINT')
    await gone
  }
  rmSync(directory, { recursive: true, force: true })
})

test('the walk through two silos works as the README prints it', async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'fednode-readme-'))
  writeFileSync(path.join(directory, 'table.csv'), makeTable(600))
  const [split = '', chain = '', operator = '', siloA = '', siloB = '', investor = '', after = ''] =
    BLOCKS
  execFileSync('bash', ['-c', split], { cwd: directory })
  expect(rowsOf('a.csv') + rowsOf('b.csv') + rowsOf('validation.csv')).toBe(600)

  const [chainCommand = ''] = commandsOf(chain)
  await startUntil(`${chainCommand} --port ${RPC_PORT}`, /0x[0-9a-fA-F]{40}/)

  const { scenario, manifest, aggregator } = await playOperator(operator)
  await run(commandsOf(siloA).slice(0, -1))
  await run(commandsOf(siloB).slice(0, -1))
  const silos = [siloA, siloB].map((block) =>
    finished(start(withScenario(`${lastOf(commandsOf(block))} --accept ${manifest}`, scenario))),
  )
  const buyer = commandsOf(investor).map((line) => withScenario(line, scenario))
  await run(buyer.slice(0, 2))
  await retry(() => run([`${buyer[2]} --yes`]))
  const traded = await run(
    buyer.slice(3).map((line) => (line.includes('price') ? line : `${line} --yes`)),
  )
  expect(traded).toMatch(/bought .* silo-a for 200/)
  expect(traded).toMatch(/sold 5,000.* silo-b for/)

  expect(await Promise.all([...silos, finished(aggregator)])).toEqual([0, 0, 0])
  const shown = await run(commandsOf(after).map((line) => withScenario(line, scenario)))
  expect(shown).toMatch(/silo-a/)
  expect(shown).toMatch(/paid [\d.]+ CUR/)
})

/** Runs the operator's commands; the last one keeps running. */
async function playOperator(block: string): Promise<{
  scenario: string
  manifest: string
  aggregator: ChildProcess
}> {
  const commands = commandsOf(block).filter((line) => !line.startsWith('export'))
  const printed = await run(commands.slice(0, -1))
  const scenario = /scenario\s+(0x[0-9a-fA-F]{40})/.exec(printed)?.[1]
  const manifest = /manifest\s+(b[a-z2-7]{20,})/.exec(printed)?.[1]
  if (scenario === undefined || manifest === undefined) throw new Error(printed)
  const aggregator = start(withScenario(lastOf(commands), scenario))
  return { scenario, manifest, aggregator }
}

function readBlocks(): string[] {
  const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8')
  const section = readme.slice(readme.indexOf('## Two silos'), readme.indexOf('## Read on'))
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
}

/** Lines of a block, as the shell runs them here. */
function commandsOf(block: string): string[] {
  return block
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^pnpm fednode/, `${process.execPath} ${BIN}`))
}

function withScenario(command: string, scenario: string): string {
  return command.replaceAll('$SCENARIO', scenario)
}

function lastOf(lines: readonly string[]): string {
  return lines.at(-1) ?? ''
}

function start(command: string): ChildProcess {
  const child = spawn('bash', ['-c', `exec ${command}`], {
    cwd: directory,
    env: { ...process.env, FEDNODE_RPC: `http://127.0.0.1:${RPC_PORT}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

/** Starts a command that goes on, and waits until it has printed something. */
async function startUntil(command: string, seen: RegExp): Promise<void> {
  const child = start(command)
  const output = collect(child)
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not seen ${seen}: ${output()}`)),
      STEP_TIMEOUT_MS,
    )
    const look = (): void => {
      if (!seen.test(output())) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', () => reject(new Error(`ended: ${output()}`)))
  })
}

/** Runs commands one after the other; all must succeed. */
async function run(commands: readonly string[]): Promise<string> {
  let printed = ''
  for (const command of commands) {
    const child = start(command)
    const output = collect(child)
    const code = await finished(child)
    if (code !== 0) throw new Error(`${command}\nexit ${code}: ${output()}`)
    printed += output()
  }
  return printed
}

/** The market opens once both silos are registered, which takes them a moment. */
async function retry(job: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + STEP_TIMEOUT_MS
  for (;;) {
    try {
      await job()
      return
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer): void => {
    text += chunk.toString()
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

async function finished(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

function rowsOf(file: string): number {
  return readFileSync(path.join(directory, file), 'utf8').trim().split('\n').length - 1
}

/** A table that can be learned: two numbers and a category decide the outcome, with some noise. */
function makeTable(rows: number): string {
  const random = seeded(7)
  const lines = Array.from({ length: rows }, () => {
    const age = 20 + Math.floor(random() * 60)
    const pressure = 90 + Math.floor(random() * 90)
    const smoker = random() < 0.3 ? 'yes' : 'no'
    const risk = (age - 50) / 12 + (pressure - 135) / 20 + (smoker === 'yes' ? 1.5 : -0.5)
    const outcome = risk + (random() - 0.5) > 0 ? 'sick' : 'well'
    return `${age},${pressure},${smoker},${outcome}`
  })
  return `age,pressure,smoker,outcome\n${lines.join('\n')}\n`
}

/** Mulberry32 (public domain, Tommy Ettinger). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
