import { html, type Markup } from './markup.ts'
import { PAGE_STYLE } from './page-style.ts'

// Nothing is loaded and nothing runs: even markup that slipped through the escaping could not act (T24).
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** A report as one HTML text that needs nothing else: no script, no font, no image from elsewhere. */
export function wholePage(title: string, body: Markup): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
${body}
</body>
</html>
`
  return page.markup
}
