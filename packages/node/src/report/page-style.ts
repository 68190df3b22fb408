/** Style sheet of the report: system fonts, black on white, one column on paper. */
export const PAGE_STYLE: string = `
:root { color-scheme: light; --ink: #1b1b1b; --soft: #5b5b5b; --line: #d9d9d9; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 1010px; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 44px 0 8px; padding-top: 12px; border-top: 2px solid var(--ink); }
p { margin: 6px 0; }
.soft { color: var(--soft); }
.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 12px; margin: 22px 0 8px; padding: 0; }
.headline div { border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; }
.headline dt { color: var(--soft); font-size: 13px; }
.headline dd { margin: 0; font-size: 23px; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.headline small { display: block; font-size: 12.5px; font-weight: 400; color: var(--soft); line-height: 1.4; }
figure { margin: 16px 0 4px; }
figcaption { margin-bottom: 8px; }
figure svg { width: 100%; height: auto; display: block; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 10px 0 18px; font-size: 13.5px; font-variant-numeric: tabular-nums; }
/* A table wider than the screen scrolls beneath its caption. */
caption { text-align: left; color: var(--soft); padding-bottom: 4px; position: sticky; left: 0; max-width: calc(100vw - 48px); }
th, td { padding: 4px 10px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; border-bottom: 1px solid var(--ink); }
.number { text-align: right; white-space: nowrap; }
.number + .text { padding-left: 14px; }
.text { text-align: left; }
/* Wide tables scroll instead of folding every cell. */
tr:has(:nth-child(4)) .text { white-space: nowrap; }
.code { font: 12px/1.5 ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
td .code { font-size: 11px; }
.plan { display: grid; grid-template-columns: max-content 1fr; gap: 3px 18px; margin: 8px 0; }
.plan dt { font-weight: 600; }
.plan dd { margin: 0; }
@media screen and (max-width: 700px) {
  body { padding: 20px 16px 48px; }
  caption { max-width: calc(100vw - 32px); }
  /* Numbers on axes stay readable: the drawing is moved, not shrunk. */
  figure .scroll svg { min-width: 680px; }
  td .code { display: block; min-width: 15em; }
  .headline { grid-template-columns: 1fr 1fr; }
  .headline dd { font-size: 19px; }
  .plan { display: block; }
  .plan dd { margin-bottom: 8px; }
}
@media print {
  body { padding: 0; max-width: none; font-size: 11pt; }
  table { font-size: 8.5pt; }
  th, td { padding: 3px 6px 3px 0; }
  .scroll { overflow: visible; }
  tr:has(:nth-child(4)) .text { white-space: normal; }
  .headline dd { font-size: 14pt; }
  .headline { grid-template-columns: repeat(4, 1fr); gap: 8px; }
  h2 { break-after: avoid; margin-top: 26px; }
  figure, table, .headline { break-inside: avoid; }
  @page { margin: 16mm 14mm; }
}`
