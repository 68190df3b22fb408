import type { EChartsOption } from 'echarts'
import { html, type Markup } from './markup.ts'

/** A chart ready to be drawn: its title and description for people, its size in CSS pixels, and what ECharts draws. */
export type Chart = {
  readonly title: string
  readonly description: string
  readonly width: number
  readonly height: number
  readonly option: EChartsOption
}

/** Draws charts as figures of a page. */
export type ChartRenderer = (chart: Chart) => Markup

/** Draws charts with their captions, for the report. */
export async function createChartRenderer(): Promise<ChartRenderer> {
  const draw = await createSvgRenderer()
  return (chart) => html`<figure role="img" aria-label="${chart.title}: ${chart.description}">
<figcaption><strong>${chart.title}</strong> ${chart.description}</figcaption><div class="scroll">${{ markup: draw(chart) }}</div></figure>`
}

/** Apache ECharts without a page: SVG as text, no script (server-side rendering of the ECharts handbook). */
export async function createSvgRenderer(): Promise<(chart: Chart) => string> {
  // Loaded here and not at the top: no other command pays for its start.
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([
    charts.LineChart,
    charts.BarChart,
    charts.CustomChart,
    components.GridComponent,
    components.TitleComponent,
    components.LegendComponent,
    components.MarkPointComponent,
    components.AriaComponent,
    renderers.SVGRenderer,
  ])
  return (chart) => {
    const { width, height } = chart
    const drawing = core.init(null, null, { renderer: 'svg', ssr: true, width, height })
    drawing.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...chart.option })
    const svg = drawing.renderToSVGString()
    drawing.dispose()
    return svg
  }
}
