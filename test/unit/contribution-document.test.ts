import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandTree } from '../../packages/node/src/commands/command-tree.ts'
import { checkManifest } from '../../packages/protocol/src/manifest/check.ts'
import {
  ESTIMATOR_NAMES,
  STRATEGY_NAMES,
  UTILITY_NAMES,
} from '../../packages/protocol/src/manifest/method-names.ts'
import { readYaml } from '../../packages/protocol/src/manifest/yaml-value.ts'
import { MANIFEST } from '../../packages/protocol/test/unit/sample-manifest.ts'

const TEXT = readFileSync(path.join(import.meta.dirname, '../../docs/CONTRIBUTION.md'), 'utf8')

function blocks(language: string): readonly string[] {
  return [...TEXT.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, block = '']) => block,
  )
}

describe('docs/CONTRIBUTION.md', () => {
  it('shows parts of manifests that are taken as they are', () => {
    const parts = blocks('yaml')
    expect(parts.length).toBeGreaterThan(3)
    for (const part of parts) {
      const manifest = {
        ...MANIFEST,
        rounds: { ...MANIFEST.rounds, minSilos: 5, maxSilos: 12 },
        ...(readYaml(part, []) as object),
      }
      expect(checkManifest(manifest), part).toMatchObject({ ok: true })
    }
  })

  it('names every strategy, estimator, utility and compression that a manifest may name', () => {
    const compressions = ['none', 'fp16', 'int8', 'top-k']
    const names = [...STRATEGY_NAMES, ...ESTIMATOR_NAMES, ...UTILITY_NAMES, ...compressions]
    for (const name of names) expect(TEXT).toMatch(new RegExp(`^\\|[^|]*\`${name}\``, 'm'))
  })

  it('shows commands that there are, with options that they have', () => {
    const lines = blocks('sh').flatMap((block) => block.split('\n').filter((line) => line !== ''))
    expect(lines.length).toBeGreaterThan(3)
    const commands = commandTree.commands
    for (const line of lines) {
      const words = line.replace(/^fednode /, '')
      const command = commands.find(({ name }) => words.startsWith(`${name} `))
      expect(command, line).toBeDefined()
      const flags = [...line.matchAll(/ --([a-z-]+)/g)].map(([, flag = '']) => flag)
      const known = new Set(
        Object.keys(command?.options ?? {}).map((key) =>
          key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        ),
      )
      for (const flag of flags) expect([...known, 'json', 'log-level'], line).toContain(flag)
    }
  })

  it('has a heading for every link of its contents', () => {
    const headings = [...TEXT.matchAll(/^## (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = [...TEXT.matchAll(/\]\(#([a-z0-9-]+)\)/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(8)
    for (const link of links) expect(headings).toContain(link)
  })
})
