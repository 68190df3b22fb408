import { setTimeout as sleep } from 'node:timers/promises'
import { LOCAL_CHAIN_ID } from '@fednode/contracts'
import { FedError, type Round, UserError } from '@fednode/protocol'
import { answers } from '../../chain/answers.ts'
import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import { address } from '../../framework/value-type.ts'
import { runObserved } from '../../metrics/run-observed.ts'
import type { Monitor } from '../../metrics/start-monitor.ts'
import { taskName } from '../../options/task-name.ts'
import { whileChainIsAway } from '../../runtime/while-chain-is-away.ts'
import { readChainFacts } from '../../verify/chain-facts.ts'
import type { Check } from '../../verify/check.ts'
import { verificationText } from '../../verify/verification-text.ts'
import { type Verification, verifyScenario } from '../../verify/verify-scenario.ts'
import { trusted, withReader } from '../market/market.ts'
import type { JoinOptions } from './handler.ts'
import { runArena } from './join-arena.ts'

/** How often the chain is asked for rounds, in ms. */
const LOCAL_POLL_MS = 1_000
const PUBLIC_POLL_MS = 15_000

type Watched = {
  readonly options: JoinOptions
  readonly context: Context
  readonly scenario: `0x${string}`
  /** Rounds that were looked at, and those of them in which something differs. */
  readonly seen: Set<Round>
  readonly wrong: Set<Round>
  said?: string
}

/**
 * Checks what others did: in a task of the arena it scores models, in a federation on a chain it makes every round again as soon as that is
 * anchored, until the last one. It stakes on nothing: a dispute is its administrator's decision.
 * @throws {UserError} usage BAD_ARGUMENT; data ROUNDS_DIFFER at the end of a federation; as runArena, readScenarioPlan, verifyScenario.
 */
export async function runValidator(options: JoinOptions, context: Context): Promise<undefined> {
  if (taskName.parse(options.federation) !== undefined) {
    return runArena(options, 'validator', context)
  }
  const scenario = address.parse(options.federation)
  if (scenario === undefined) throw nothingToValidate(options.federation)
  const watched: Watched = { options, context, scenario, seen: new Set(), wrong: new Set() }
  await runObserved({ options, context, needs: ['chain'] }, (monitor) => watch(watched, monitor))
  if (watched.wrong.size > 0) throw roundsDiffer(watched)
  return undefined
}

async function watch(watched: Watched, monitor: Pick<Monitor<never>, 'meet'>): Promise<void> {
  const { options, context, scenario } = watched
  await withReader(options, async (reader) => {
    monitor.meet('chain', () => answers(reader))
    const pollMs = reader.chainId === LOCAL_CHAIN_ID ? LOCAL_POLL_MS : PUBLIC_POLL_MS
    for (;;) {
      const facts = await whileChainIsAway(context, () =>
        readChainFacts(reader, trusted({ ...options, scenario }), context.logger),
      )
      if (await verifyNew(watched, facts)) return
      await sleep(pollMs, undefined, { signal: context.signal })
    }
  })
}

/** @returns whether no other round can come. */
async function verifyNew(
  watched: Watched,
  facts: Awaited<ReturnType<typeof readChainFacts>>,
): Promise<boolean> {
  const { options, context, scenario, seen } = watched
  const fresh = [...facts.anchors.keys()]
    .filter((round) => !seen.has(round))
    .toSorted((a, b) => a - b)
  const { directory: dataDirectory, dataFile: data } = options
  for (const round of fresh) {
    try {
      tell(
        watched,
        round,
        await verifyScenario({ dataDirectory, scenario, data, round }, facts, context),
      )
      seen.add(round)
    } catch (error) {
      if (!(error instanceof FedError) || error.code !== 'EVIDENCE_UNAVAILABLE') throw error
      if (watched.said !== error.message) {
        context.logger.warn({ round, reason: error.message }, 'a round cannot be verified yet')
      }
      watched.said = error.message
    }
  }
  const { state, manifest } = facts.plan
  return state.phase === 'closed' || seen.size >= manifest.rounds.count
}

function tell({ context, scenario, wrong }: Watched, round: Round, found: Verification): void {
  const { checks, recomputed } = found
  const failed = checks.filter(isFailure)
  if (failed.length > 0) wrong.add(round)
  const passed = failed.length === 0
  context.emit({ type: 'verified', scenario, round, passed, recomputed, failed })
  if (!context.json) context.stderr.write(`${cleanText(verificationText(found))}\n\n`)
}

function isFailure({ status }: Check): boolean {
  return status === 'FAIL'
}

function nothingToValidate(given: string): UserError {
  return new UserError('usage', `"${given}" is neither a task nor the address of a Scenario`, {
    code: 'BAD_ARGUMENT',
    hint: 'A validator scores models of a task (arena:3), or makes the rounds of a federation (0x…) again. In an alliance everybody votes: --role alliance.',
  })
}

function roundsDiffer({ wrong, scenario, options }: Watched): UserError {
  const rounds = [...wrong].join(', ')
  return new UserError('data', `not what it should be: round ${rounds} of ${scenario}`, {
    code: 'ROUNDS_DIFFER',
    hint: `fednode contrib dispute ${scenario} --round ${[...wrong].at(-1)} --dir ${options.dir}  stakes on it, within its challenge window.`,
  })
}
