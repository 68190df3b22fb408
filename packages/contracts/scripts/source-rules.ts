import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Rule = { pattern: RegExp; allowed: RegExp; why: string }

const RULES: readonly Rule[] = [
  // Attack 55 of CONTRACTS.md: overflow is argued away in one kind of file only.
  { pattern: /\bunchecked\b/, allowed: /^libraries\/\w+Math\.sol$/, why: 'unchecked arithmetic' },
  {
    pattern: /\btx\.origin\b|\bselfdestruct\b|\bdelegatecall\b/,
    allowed: /^$/,
    why: 'a banned word',
  },
  { pattern: /pragma solidity (?!0\.8\.37;)/, allowed: /^$/, why: 'another compiler version' },
]

/**
 * What our own rules say about the Solidity sources, tests apart; empty when they hold.
 * @param root - folder of the sources.
 */
export function findRuleBreaks(root: string): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sol') && !file.startsWith('test'))
    .sort()
  return files.flatMap((file) => breaksIn(file, readFileSync(join(root, file), 'utf8')))
}

function breaksIn(file: string, text: string): string[] {
  const code = text.replace(/\/\/.*$/gm, '')
  return RULES.filter(({ pattern, allowed }) => pattern.test(code) && !allowed.test(file)).map(
    ({ why }) => `solidity/${file}: ${why}`,
  )
}
