import type { ExplainedLine } from '@fednode/protocol'

const INDENT = '  '
const WIDTH = 96

/** Labels and texts in two columns, texts wrapped. */
export function formatPlan(lines: readonly ExplainedLine[]): string {
  const label = Math.max(...lines.map((line) => line.label.length)) + 2
  return lines
    .flatMap((line) =>
      wrap(line.text, WIDTH - INDENT.length - label).map(
        (text, index) => `${INDENT}${(index === 0 ? line.label : '').padEnd(label)}${text}`,
      ),
    )
    .join('\n')
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
