/**
 * Plants one mistake at a time and runs the tests: a mistake that no test notices is printed, and the exit status is 1.
 * `--only TEXT,TEXT`: files whose names contain one of them. `--from N`: starts later in the list. `--list`: prints the mistakes and plants none.
 * `--json`: one JSON document on standard output, like a benchmark's; progress goes to standard error.
 */
import { parseArgs } from 'node:util'
import { type Code, compileCode, replaceCode } from './mutation/artifacts.ts'
import { chooseMutants } from './mutation/choose-mutants.ts'
import { EQUIVALENT } from './mutation/equivalent.ts'
import { describeMutant, type Mutant } from './mutation/mutant.ts'
import { createWorkshop, type Workshop } from './mutation/workshop.ts'
import { readSources, type Sources } from './warm-solc.ts'

type Outcome = 'killed' | 'SURVIVED' | 'does not compile'
type Tally = { readonly killed: number; readonly total: number }

/** Part of all that is deployed. */
const EVERYWHERE = 'solidity/libraries/ErrorsLib.sol'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    from: { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

/** Without the optimizer when the sources allow it: the compiler's time counts, not the code's. */
function chooseOptimizer(sources: Sources): boolean {
  return compileCode(sources, EVERYWHERE, false) === undefined
}

function compileMutant(sources: Sources, mutant: Mutant, optimizer: boolean): Code | undefined {
  const file = `solidity/${mutant.file}`
  return compileCode(new Map([...sources, [file, mutant.text]]), file, optimizer)
}

async function failureWith(
  workshop: Workshop,
  code: Code,
  file: string,
): Promise<string | undefined> {
  const restore = replaceCode(workshop.out, code)
  const failure = await workshop.firstFailure(file)
  restore()
  return failure
}

async function plantAll(workshop: Workshop, mutants: readonly Mutant[]): Promise<Tally> {
  const sources = readSources()
  const optimizer = chooseOptimizer(sources)
  let [killed, total] = [0, 0]
  let running: Promise<void> = Promise.resolve()
  for (const [i, mutant] of mutants.entries()) {
    // The compiler works in this process while forge runs the tests of the mistake before.
    await new Promise(setImmediate)
    const code = compileMutant(sources, mutant, optimizer)
    await running
    running = judge(workshop, mutant, code).then((outcome) => {
      if (outcome !== 'does not compile') total += 1
      if (outcome === 'killed') killed += 1
      const number = i + Number(values.from)
      process.stderr.write(`${number} ${outcome} line ${mutant.line} ${describeMutant(mutant)}\n`)
    })
  }
  await running
  return { killed, total }
}

async function judge(
  workshop: Workshop,
  { file }: Mutant,
  code: Code | undefined,
): Promise<Outcome> {
  if (code === undefined) return 'does not compile'
  return (await failureWith(workshop, code, file)) === undefined ? 'SURVIVED' : 'killed'
}

/** A test that fails without any mistake would kill every one. */
async function checkUntouched(workshop: Workshop, mutants: readonly Mutant[]): Promise<void> {
  const ofNetwork = mutants.find(({ file }) => file.startsWith('network/'))?.file
  const ofMarket = mutants.find(({ file }) => !file.startsWith('network/'))?.file
  const sources = readSources()
  const code = compileCode(sources, EVERYWHERE, chooseOptimizer(sources))
  if (code === undefined) throw new Error('the sources do not compile')
  const failure = await failureWith(workshop, code, ofMarket ?? ofNetwork ?? EVERYWHERE)
  if (failure !== undefined) throw new Error(`the tests fail without any mistake:\n${failure}`)
}

function report({ killed, total }: Tally): void {
  const row = { case: 'all', unit: 'mutants' }
  const rows = [
    { ...row, metric: 'killed', value: killed },
    { ...row, metric: 'total', value: total },
  ]
  const text = `${killed} of ${total} mutants killed, ${EQUIVALENT.length} equivalent ones left out`
  process.stdout.write(values.json ? `${JSON.stringify({ name: 'mutate', rows })}\n` : `${text}\n`)
  if (killed < total) process.exitCode = 1
}

const wanted = values.only.split(',')
const mutants = chooseMutants()
  .filter(({ file }) => wanted.some((text) => file.includes(text)))
  .slice(Number(values.from))
if (mutants.length === 0) {
  process.stderr.write(
    `mutate: no mistakes in files named "${values.only}" from number ${values.from} on\n`,
  )
  process.exitCode = 2
} else if (values.list) {
  for (const mutant of mutants) process.stdout.write(`${describeMutant(mutant)}\n`)
} else {
  const workshop = createWorkshop()
  try {
    await checkUntouched(workshop, mutants)
    report(await plantAll(workshop, mutants))
  } finally {
    workshop.remove()
  }
}
