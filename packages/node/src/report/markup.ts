/** Markup that was escaped or built by this file; the only thing that `html` lets through as it is. */
export type Markup = { readonly markup: string }

type Part = Markup | string | number | bigint | readonly Part[] | undefined

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Template tag for HTML: every value is escaped unless it is Markup itself, so that no text from a peer or a manifest can become
 * an element (T24). Arrays are joined, undefined is nothing.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = texts[0] ?? ''
  for (const [index, part] of parts.entries()) markup += render(part) + (texts[index + 1] ?? '')
  return { markup }
}

/** Text with the five special characters of HTML replaced. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

function render(part: Part): string {
  if (part === undefined) return ''
  if (Array.isArray(part)) return part.map(render).join('')
  if (isMarkup(part)) return part.markup
  return escapeText(String(part))
}

function isMarkup(part: Part): part is Markup {
  return typeof part === 'object' && 'markup' in part
}
