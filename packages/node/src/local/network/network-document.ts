import type { NetworkResult } from './network-result.ts'

/**
 * What `up --network --json` prints as `data`: keys and nesting are a promise to scripts. Amounts are wei, which the envelope writes as
 * decimal strings.
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
      rounds: alliance.rounds.map(({ accuracy, loss, ...round }) => {
        return { ...round, accuracy: accuracy ?? null, loss: loss ?? null }
      }),
    },
    arena,
    governance,
    emission,
    penalties,
    report,
  }
}
