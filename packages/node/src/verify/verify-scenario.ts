import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Evidence, manifestOf, type Recomputation } from '@fednode/aggregator'
import type { Engine } from '@fednode/engine'
import type { BlobRef, Manifest, Round } from '@fednode/protocol'
import type { Context } from '../framework/context.ts'
import { readKeptMemberPlan } from '../members/kept-member-plan.ts'
import { memberSigners } from '../members/member-signers.ts'
import { findFederation } from '../runtime/find-scenario.ts'
import { scenarioPaths } from '../runtime/scenario-directory.ts'
import { createStatusLine } from '../runtime/status-line.ts'
import type { ChainFacts } from './chain-facts.ts'
import type { Check } from './check.ts'
import type { Before } from './check-history.ts'
import { type Bundle, gatherBundles } from './gather-bundles.ts'
import { knownRounds } from './known-rounds.ts'
import { evidenceUnavailable, isNowhere, missingEvidence } from './missing-evidence.ts'
import { openSource } from './open-source.ts'
import { createMeans, type MeansMaker } from './recompute-means.ts'
import { firstSigners } from './trusted-signers.ts'
import { verifyRound } from './verify-round.ts'
import type { Work } from './work.ts'

/** What is verified, and with what. */
export type VerifyOptions = {
  readonly dataDirectory: string
  /** Absent: the only one in the directory. */
  readonly scenario?: `0x${string}`
  /** Absent: all rounds. */
  readonly round?: Round
  /** Path of the held-out rows. */
  readonly data?: string
  /** Absent: the back end that each round was measured on. */
  readonly engine?: Engine['evaluationBackend']
}

/** A round that was found, and what came out when it was made again. */
export type RoundVerdict = {
  readonly round: Round
  readonly ref: BlobRef
  readonly evidence: Evidence
  readonly recomputation?: Recomputation
}

/** Everything that was looked at. */
export type Verification = {
  readonly scenario: `0x${string}`
  readonly checks: readonly Check[]
  readonly rounds: readonly RoundVerdict[]
  /** Whether every round that was found was made again. */
  readonly recomputed: boolean
  /** Why the aggregator was not asked for anything. */
  readonly alone?: string
}

/**
 * Verifies rounds of a federation from their evidence: against itself, against the chain, and made again where the held-out rows are at
 * hand. Nothing that anybody sent is believed.
 * @param facts - what the chain says; undefined when it is not asked.
 * @throws {UserError} network EVIDENCE_UNAVAILABLE when no evidence of these rounds can be had; as findFederation, findValidation.
 */
export async function verifyScenario(
  options: VerifyOptions,
  facts: ChainFacts | undefined,
  context: Context,
): Promise<Verification> {
  const { dataDirectory } = options
  const scenario = options.scenario ?? findFederation(dataDirectory).scenario
  const paths = scenarioPaths(dataDirectory, scenario)
  const status = createStatusLine(context.stderr, context.isTty.stderr)
  const source = await openSource({ dataDirectory, paths }, facts, context)
  const scratch = mkdtempSync(path.join(tmpdir(), 'fednode-verify-'))
  try {
    const known = knownRounds(paths.directory)
    const members = readKeptMemberPlan(paths.directory)
    const say = status.update
    return await verifyAll(
      { options, context, facts, paths, known, members, source, scratch, say },
      scenario,
    )
  } finally {
    status.end()
    rmSync(scratch, { recursive: true, force: true })
    await source.close()
  }
}

async function verifyAll(work: Work, scenario: `0x${string}`): Promise<Verification> {
  const { options, known, members, source, facts, say } = work
  const bundles = await gatherBundles(source, {
    known: known.evidence,
    // A round is held to the one before it.
    first: Math.max(1, (options.round ?? 1) - 1),
    onBundle: (round) => say(`round ${round}: evidence`),
  })
  const rounds = roundsOf(work, bundles)
  if (rounds.every((round) => isNowhere(bundles.get(round), work)))
    throw evidenceUnavailable(work, scenario)
  const found = [...bundles.values()].flatMap((one) => ('evidence' in one ? [one.evidence] : []))
  const own = members === undefined ? undefined : memberSigners(members.manifest)
  const signers = facts?.signers ?? own ?? firstSigners(found.toSorted((a, b) => a.round - b.round))
  const meansOf = createMeans(work)
  const checks: Check[] = []
  const verdicts: RoundVerdict[] = []
  for (const round of rounds) {
    work.context.signal.throwIfAborted()
    const bundle = bundles.get(round)
    if (bundle === undefined || 'missing' in bundle || signers === undefined) {
      checks.push(missingEvidence(round, bundle, work))
      continue
    }
    say(`round ${round} of ${rounds.at(-1)}: making it again`)
    const before = await beforeOf(round, bundles, {
      means: meansOf,
      // A bundle's own manifest may name a model of any size.
      manifest: (facts?.plan ?? members)?.manifest ?? manifestOf(bundle.evidence),
    })
    const { evidence, ref } = bundle
    const { openings, confirmed } = known
    const verified = await verifyRound({
      ...{ evidence, ref, before, scenario, signers, facts, openings, confirmed },
      ...(members === undefined ? {} : { agreed: members.cid }),
      means: (manifest) => meansOf.of(manifest, evidence),
    })
    checks.push(...verified.checks)
    const { recomputation } = verified
    verdicts.push({
      round,
      ref,
      evidence,
      ...(recomputation === undefined ? {} : { recomputation }),
    })
  }
  return {
    ...{ scenario, checks, rounds: verdicts },
    recomputed:
      verdicts.length > 0 && verdicts.every(({ recomputation }) => recomputation !== undefined),
    ...(source.alone === undefined ? {} : { alone: source.alone }),
  }
}

/** Rounds that somebody knows of, or the one that was asked for. */
function roundsOf({ options, facts }: Work, bundles: ReadonlyMap<Round, Bundle>): Round[] {
  if (options.round !== undefined) return [options.round]
  const known = new Set([...bundles.keys(), ...(facts?.anchors.keys() ?? [])])
  return [...known].sort((a, b) => a - b)
}

async function beforeOf(
  round: Round,
  bundles: ReadonlyMap<Round, Bundle>,
  { means, manifest }: { readonly means: MeansMaker; readonly manifest: Manifest | undefined },
): Promise<Before | undefined> {
  const last = bundles.get(round - 1)
  if (last !== undefined && 'evidence' in last) {
    return { evidence: last.evidence, cid: last.ref.cid }
  }
  if (round !== 1 || manifest === undefined) return undefined
  const first = await means.initialModel(manifest)
  return first === undefined ? undefined : { initialModel: first.cid }
}
