import type { NetworkResult } from './network-result.ts'

/**
 * What `up --network --json` prints as `data`: keys and nesting are a promise to scripts. Amounts are wei, which the envelope writes as
 * decimal strings; what there is none of is null.
 * @param report - path of the HTML report; null with --no-report.
 */
export function networkDocument(result: NetworkResult, report: string | null): object {
  const { network, manifestCid, nodes, alliance, arena, governance, emission, penalties } = result
  return {
    network: network.toLowerCase(),
    manifest: manifestCid,
    nodes: nodes.map(({ attack, account, ...node }) => {
      return { ...node, account: account.toLowerCase(), attack: attack ?? null }
    }),
    alliance: {
      ...alliance,
      rounds: alliance.rounds.map(({ accuracy, loss, voters, ...round }) => {
        const ballots = voters.map(({ score, ...voter }) => ({ ...voter, score: score ?? null }))
        return { ...round, voters: ballots, accuracy: accuracy ?? null, loss: loss ?? null }
      }),
    },
    arena: {
      ...arena,
      models: arena.models.map(({ place, ...model }) => ({ ...model, place: place ?? null })),
      voters: arena.voters.map(({ scores, off, ...voter }) => {
        return { ...voter, scores: scores ?? null, off: off ?? null }
      }),
    },
    governance,
    emission,
    penalties,
    report,
  }
}
