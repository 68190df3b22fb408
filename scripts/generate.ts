/** `pnpm gen`: writes the generated documents; with --check it only says which are stale (exit 1). */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { renderCliDocs } from '@fednode/node'

const root = path.join(import.meta.dirname, '..')
const generated = { 'docs/cli.md': renderCliDocs() }

const check = process.argv.includes('--check')
for (const [name, text] of Object.entries(generated)) {
  const file = path.join(root, name)
  if (readOrEmpty(file) === text) continue
  if (check) {
    console.error(`${name} is stale: run  pnpm gen`)
    process.exitCode = 1
  } else {
    writeFileSync(file, text)
    console.error(`wrote ${name}`)
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
