import { capitalized } from '../framework/capitalized.ts'
import { headlineMetric } from '../framework/headline-metric.ts'
import { metricLabel } from '../framework/metric-label.ts'
import {
  amountText,
  countText,
  percentText,
  signedAmountText,
  valueText,
} from '../framework/number-text.ts'
import type { UpResult } from '../local/up-result.ts'
import { investorGain } from './gain.ts'
import { html, type Markup } from './markup.ts'

const NOTHING = { shapley: 0, standardError: 0 }

/** The few numbers that somebody reads who reads nothing else. */
export function headline(result: UpResult): Markup {
  return html`<dl class="headline">${[
    metricCard(result),
    contributionCard(result),
    rewardCard(result),
    ...investorCard(result),
  ]}</dl>`
}

function card(label: string, value: string, note: string): Markup {
  return html`<div><dt>${label}</dt><dd>${value} <small>${note}</small></dd></div>`
}

function metricCard(result: UpResult): Markup {
  const last = result.rounds.at(-1)
  const { name, value } = headlineMetric(last?.metrics ?? {}) ?? { name: 'accuracy', value: 0 }
  return card(
    `${capitalized(metricLabel(name))} on held-out rows`,
    name === 'accuracy' ? percentText(value) : value.toFixed(3),
    `after ${result.rounds.length} rounds, loss ${(last?.loss ?? 0).toFixed(3)}`,
  )
}

function contributionCard(result: UpResult): Markup {
  const ranked = result.silos.toSorted((one, other) => other.shapley - one.shapley)
  const [best, worst] = [ranked[0], ranked.at(-1)]
  return card(
    'Contributed most',
    best?.name ?? '-',
    `${valueText(best ?? NOTHING)}; least: ${worst?.name ?? '-'} ${valueText(worst ?? NOTHING)}`,
  )
}

function rewardCard(result: UpResult): Markup {
  const tokens = countText(result.silos.length)
  return card(
    'Rewards paid',
    `${amountText(result.books.claimed, 0)} CUR`,
    `of ${amountText(result.books.deposited, 0)} deposited, to the holders of ${tokens} tokens`,
  )
}

function investorCard(result: UpResult): readonly Markup[] {
  const { investor } = result
  if (investor === undefined) return []
  return [
    card(
      'Investor',
      `${signedAmountText(investorGain(investor), 0)} CUR`,
      `spent ${amountText(investor.spent, 0)} on ${investor.silo}; rewards, sales and holdings counted`,
    ),
  ]
}
