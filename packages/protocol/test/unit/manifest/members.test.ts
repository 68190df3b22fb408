import { describe, expect, it } from 'vitest'
import { checkManifest } from '../../../src/manifest/check.ts'
import { decodeManifest, encodeManifest } from '../../../src/manifest/encode.ts'
import { explainManifest } from '../../../src/manifest/explain.ts'
import { formatManifestYaml } from '../../../src/manifest/format-yaml.ts'
import { printIssue } from '../../../src/manifest/issue.ts'
import { parseManifestYaml } from '../../../src/manifest/parse-yaml.ts'
import type { MemberManifest } from '../../../src/manifest/types.ts'
import { createPeerKey } from '../../../src/peer-key.ts'
import { MANIFEST } from '../sample-manifest.ts'

const peerOf = (byte: number): string => createPeerKey(new Uint8Array(32).fill(byte)).peerId
const siloOf = (name: string, byte: number) => ({ name, peerId: peerOf(byte) })

const { reward, market, registration, dispute, guardian, ...core } = MANIFEST
const MEMBERS: MemberManifest = {
  ...core,
  chain: 'none',
  members: {
    aggregator: peerOf(1),
    silos: [siloOf('a', 2), siloOf('b', 3), siloOf('c', 4)],
  },
}

const issuesOf = (changes: object): readonly string[] => {
  const checked = checkManifest({ ...MEMBERS, ...changes })
  return checked.ok ? [] : checked.issues.map(printIssue)
}
const withSilos = (...silos: readonly object[]) => ({ members: { ...MEMBERS.members, silos } })

describe('a manifest without a chain', () => {
  it('survives the wire and YAML', () => {
    expect(decodeManifest(encodeManifest(MEMBERS).bytes)).toEqual(MEMBERS)
    expect(parseManifestYaml(formatManifestYaml(MEMBERS), 'x.yaml')).toEqual(MEMBERS)
  })

  it('says who the members are and that nobody is paid', () => {
    const lines = explainManifest(MEMBERS)
    const textOf = (label: string) => lines.find((line) => line.label === label)?.text
    expect(textOf('Reward')).toBe('none: contributions are measured, nothing is anchored or paid')
    expect(textOf('Members')).toBe(`a, b, c; aggregator ${peerOf(1)}`)
  })

  it.each(['reward', 'market', 'dispute', 'guardian', 'registration'])(
    'refuses the section %s, which only a chain has',
    (key) => {
      expect(issuesOf({ [key]: { perRound: '1' } })).toEqual([
        `${key}: got a section, expected nothing: a federation with chain: none has members and no money`,
      ])
    },
  )

  it('refuses members where a chain says who they are', () => {
    const checked = checkManifest({ ...MANIFEST, members: MEMBERS.members })
    expect(checked.ok || checked.issues.map(printIssue)).toEqual([
      'members: got a section, expected nothing: the chain says who the members are (chain: none for a list)',
    ])
  })

  it('refuses another chain than none, and a list that is none', () => {
    expect(issuesOf({ chain: 'base' })).toEqual(['chain: got "base", expected "none"'])
    expect(issuesOf({ members: undefined })).toHaveLength(1)
    expect(issuesOf(withSilos({ name: 'A b', peerId: peerOf(2) }))[0]).toMatch(
      /^members\.silos\.0\.name: got "A b"/,
    )
    expect(issuesOf(withSilos({ name: 'a', peerId: '12D3' }))[0]).toMatch(
      /^members\.silos\.0\.peerId: got "12D3", expected a peer id/,
    )
  })

  it('refuses a name or a peer that is there twice, and too few or too many silos', () => {
    const three = [siloOf('a', 2), siloOf('b', 3)]
    expect(issuesOf(withSilos(...three, siloOf('a', 4)))).toHaveLength(1)
    expect(issuesOf(withSilos(...three, siloOf('c', 3)))).toHaveLength(1)
    expect(issuesOf(withSilos(...three, siloOf('c', 1)))).toHaveLength(1)
    expect(issuesOf(withSilos(...three))).toEqual([
      'members.silos: got 2, expected 3 to 5 silos, by rounds.minSilos and rounds.maxSilos',
    ])
  })
})
