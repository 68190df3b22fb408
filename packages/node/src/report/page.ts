import type { ExplainedLine } from '@fednode/protocol'
import { valuesOfSilo } from '../contribution/values-of-records.ts'
import { countText } from '../framework/number-text.ts'
import type { UpResult } from '../local/up-result.ts'
import { contributionChart } from './charts/contribution-chart.ts'
import { metricChart } from './charts/metric-chart.ts'
import { priceChart } from './charts/price-chart.ts'
import { rewardChart } from './charts/reward-chart.ts'
import { timeChart } from './charts/time-chart.ts'
import { contributionTable, findingList, withoutTable } from './contribution-tables.ts'
import { evidence } from './evidence.ts'
import { headline } from './headline.ts'
import { html, type Markup } from './markup.ts'
import { money } from './money.ts'
import type { ChartRenderer } from './render-chart.ts'
import { metricTable, priceTable, rewardTable, siloTable, timeTable } from './tables.ts'
import { utilityText } from './utility-text.ts'
import { wholePage } from './whole-page.ts'

/**
 * The report of one run as one HTML text that needs nothing else: no script, no font, no image from elsewhere.
 * @param plan - the manifest in plain words, as `fednode join` shows it.
 */
export function reportPage(
  result: UpResult,
  plan: readonly ExplainedLine[],
  draw: ChartRenderer,
): string {
  const { manifest } = result
  const title = `Federation "${manifest.name}"`
  return wholePage(
    title,
    html`<h1>${title}</h1>
<p class="soft">${manifest.description}</p>
<p>${countText(result.silos.length)} silos, ${countText(result.rounds.length)} rounds, a model of ${countText(result.weights)} weights, on chain ${result.chainId}. The whole run took ${result.seconds.toFixed(0)} seconds.</p>
${headline(result)}
${sections(result, draw)}
<h2>The plan that every silo accepted</h2>
<dl class="plan">${plan.map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>
${evidence(result)}`,
  )
}

function sections(result: UpResult, draw: ChartRenderer): Markup {
  const market =
    result.prices.length === 0
      ? undefined
      : html`<h2>The market</h2>${draw(priceChart(result))}${priceTable(result)}`
  const silos = result.silos.map(({ name }) => valuesOfSilo(result.rounds, name))
  return html`<h2>The model</h2>${draw(metricChart(result))}${metricTable(result)}
<h2>Who contributed what</h2>${siloTable(result)}${draw(contributionChart({ silos, utility: utilityText(result) }))}${contributionTable(result)}${withoutTable(result)}${findingList(result)}
<h2>Rewards</h2>${draw(rewardChart(result))}${rewardTable(result)}${money(result)}
${market}
<h2>Time, gas and bytes</h2>${draw(timeChart(result))}${timeTable(result)}`
}
