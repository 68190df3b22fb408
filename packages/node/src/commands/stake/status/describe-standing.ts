import type { Network, PositionState } from '@fednode/contracts'
import { momentText } from '../../../framework/moment-text.ts'
import { amountText, percentText } from '../../../framework/number-text.ts'
import { positionWords } from '../stake-place.ts'
import type { Holding, Standing } from './read-standing.ts'
import type { Unclaimed } from './read-unclaimed.ts'

const BPS = 10_000
const LABEL_WIDTH = 14
const PRICE_DECIMALS = 6

/** One position, one fact a line. */
export function describeStanding(
  { position, state, holdings, unclaimed, slashes }: Standing,
  network: Network,
): readonly string[] {
  const { commission, nextCommission, heldUntil } = state
  const rise =
    nextCommission === undefined
      ? ''
      : `; ${percentText(nextCommission.bps / BPS, 2)} from ${time(nextCommission.from)}`
  return [
    `${positionWords(network, position)}, operator ${position.operator.toLowerCase()}`,
    line('own stake', `${amountText(state.own)}`),
    line('delegated', `${amountText(state.delegated)}`),
    line('weight', weightText(state)),
    line('commission', `${percentText(commission / BPS, 2)}${rise}`),
    ...(heldUntil === undefined ? [] : [line('held', `until ${time(heldUntil)} at most`)]),
    ...(unclaimed === undefined ? [] : unclaimedLines(unclaimed)),
    ...holdings.flatMap(holdingLines),
    ...slashes.map(({ reason, own, delegated, block }) =>
      line(
        'slashed',
        `${amountText(own)} own, ${amountText(delegated)} delegated: ${reason}, block ${block}`,
      ),
    ),
  ]
}

function weightText({ own, weight }: PositionState): string {
  const short = own > 0n && weight === 0n ? ': the own stake is less than the role needs' : ''
  return `${amountText(weight)}${short}`
}

function unclaimedLines({ claimable, vesting, command }: Unclaimed): readonly string[] {
  return [
    ...(claimable === 0n ? [] : [line('to claim', `${amountText(claimable)} FDN: ${command}`)]),
    ...(vesting === 0n
      ? []
      : [line('vesting', `${amountText(vesting)} FDN, from the end of the task`)]),
  ]
}

function holdingLines({ asset, sharePrice, delegation, thaws }: Holding): readonly string[] {
  const unit = asset === 'plain' ? 'FDN' : 'gmFDN'
  const { tokens, shares, pending, activeFrom } = delegation
  const price = amountText(sharePrice, PRICE_DECIMALS)
  return [
    ...(shares === 0n
      ? []
      : [line('you delegate', `${amountText(tokens)} ${unit} at ${price} a share`)]),
    ...(pending === 0n
      ? []
      : [line('you wait', `${amountText(pending)} ${unit}, activate from ${time(activeFrom)}`)]),
    ...thaws.map((thaw) =>
      line('thawing', `${amountText(thaw.tokens)} ${unit}, ready ${time(thaw.readyAt)}`),
    ),
  ]
}

function line(label: string, value: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${value}`
}

function time(unixSeconds: number): string {
  return momentText(BigInt(unixSeconds))
}
