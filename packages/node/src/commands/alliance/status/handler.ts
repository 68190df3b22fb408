import {
  type AllianceState,
  type ChainReader,
  type Network,
  readAlliance,
  readAllianceMoney,
  readAllianceStrikes,
  readPosition,
} from '@fednode/contracts'
import { openNetwork } from '../../../chain/open-network.ts'
import type { Outcome } from '../../../framework/command.ts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText } from '../../../framework/number-text.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { textTable } from '../../../framework/text-table.ts'
import type { allianceArguments, allianceViewOptions } from '../../../options/alliance.ts'
import { withReader } from '../../market/market.ts'

type Options = ArgsOf<typeof allianceArguments> & ArgsOf<typeof allianceViewOptions>

type Participant = {
  readonly account: string
  /** Own stake, what counts in draws and votes without strikes, and what waits to be claimed; wei. */
  readonly stake: bigint
  readonly weight: bigint
  readonly earned: bigint
  /** As a proposer and as a voter; each halves the weight. */
  readonly strikes: { readonly work: number; readonly votes: number }
}

export function init(args: Options): Options {
  return args
}

export async function run(options: Options): Promise<Outcome> {
  return withReader(options, async (reader) => {
    const network = await openNetwork(reader, options)
    const { alliance } = network.contracts
    const state = await readAlliance(reader, { alliance, id: options.alliance })
    const participants = await Promise.all(
      state.participants.map((account) => readParticipant(reader, network, { state, account })),
    )
    return { data: { ...state, participants }, text: describe(state, participants) }
  })
}

async function readParticipant(
  reader: ChainReader,
  { contracts }: Network,
  { state, account }: { readonly state: AllianceState; readonly account: `0x${string}` },
): Promise<Participant> {
  const { alliance, stakeManager } = contracts
  const position = { operator: account, role: 'alliance', task: state.task } as const
  const [found, { earned }, strikes] = await Promise.all([
    readPosition(reader, { stakeManager, position }),
    readAllianceMoney(reader, { alliance, id: state.id, account }),
    readAllianceStrikes(reader, { alliance, id: state.id, account }),
  ])
  return {
    account: account.toLowerCase(),
    stake: found?.own ?? 0n,
    weight: found?.weight ?? 0n,
    strikes,
    earned,
  }
}

function describe(state: AllianceState, participants: readonly Participant[]): string {
  const { id, phase, round, until, terms, pool, pot, model } = state
  const isOver = phase === 'finished'
  const rows = participants.map(({ account, stake, weight, strikes, earned }) => [
    account,
    amountText(stake),
    amountText(weight),
    `${strikes.work} + ${strikes.votes}`,
    amountText(earned),
  ])
  return [
    `Alliance ${id}: round ${round} of ${terms.rounds}, ${phase}${isOver ? '' : ` until ${momentText(BigInt(until))}`}`,
    `  model  ${model}`,
    `  pool   ${amountText(pool)} FDN, ${amountText(pot)} for this round`,
    `  stake  ${amountText(terms.minStake)} FDN at least, ${terms.minParticipants} to ${terms.maxParticipants} participants`,
    '',
    rows.length === 0
      ? 'nobody takes part yet'
      : textTable(['participant', 'stake', 'weight', 'strikes', 'to claim'], rows, {
          textColumns: [0],
        }),
  ].join('\n')
}
