import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const folder = new URL('../../../docker/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

const serviceSchema = z.object({
  user: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.array(z.string()),
  pids_limit: z.number(),
  mem_limit: z.string(),
  networks: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  image: z.string(),
})
const composeSchema = z.object({
  services: z.record(z.string(), z.looseObject({ ...serviceSchema.shape })),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
})

const { services, networks } = composeSchema.parse(parse(read('compose.yaml'), { merge: true }))
const SILOS = ['silo-a', 'silo-b', 'silo-c', 'silo-d']

describe('T48: compose.yaml', () => {
  it.each(Object.entries(services))(
    'gives %s no rights and nothing of the machine to write to',
    (_, service) => {
      expect(Number.parseInt(service.user, 10)).toBeGreaterThan(0)
      expect(service.security_opt).toEqual(['no-new-privileges:true'])
      for (const key of ['privileged', 'cap_add', 'devices', 'pid', 'ipc', 'network_mode']) {
        expect(service).not.toHaveProperty(key)
      }
      for (const volume of service.volumes) {
        expect(volume).not.toContain('docker.sock')
        // Files of the machine are read-only; only named volumes are written to.
        if (/^[./~]/.test(volume)) expect(volume).toMatch(/:ro$/)
      }
      expect(service.image).not.toMatch(/:latest$/)
    },
  )

  it('lets a silo reach the aggregator, the chain and who reads its metrics, and no other silo', () => {
    for (const silo of SILOS) {
      expect(services[silo]?.networks).toEqual([silo])
      expect(networks[silo]).toEqual({ internal: true })
      const there = Object.keys(services).filter((name) => services[name]?.networks.includes(silo))
      expect(there.sort()).toEqual(['aggregator', 'chain', 'prometheus', silo].sort())
    }
  })

  it('shows each silo its own rows and its own volume only', () => {
    for (const silo of SILOS) {
      const mounted = services[silo]?.volumes.map((volume) => volume.split(':')[0]) ?? []
      expect(mounted).toEqual([silo, 'plan', './scripts', `./rows/${silo}.csv`])
    }
  })

  it('gives a validator of the arena a processor, its rows and the network of its task only', () => {
    const validators = Object.keys(services).filter((name) => name.startsWith('validator-'))
    expect(validators).toHaveLength(3)
    expect(networks.arena).toEqual({ internal: true })
    for (const name of validators) {
      const { image, networks: reached, volumes, ...service } = services[name] ?? {}
      expect({ image, reached }).toEqual({ image: 'fednode-validator', reached: ['arena'] })
      expect(service).not.toHaveProperty('deploy')
      expect(service).toHaveProperty('profiles', ['arena'])
      const written = volumes?.filter((volume) => !volume.endsWith(':ro'))
      expect(written).toEqual([`${name}:/data`])
    }
  })

  it('publishes nothing but the dashboard, and that on loopback', () => {
    for (const [name, { ports }] of Object.entries(services)) {
      if (name === 'grafana') expect(ports).toEqual(['127.0.0.1:3000:3000'])
      else expect(ports).toEqual([])
    }
  })

  it('T49: opens metrics to other containers only with a token', () => {
    for (const { environment } of Object.values(services)) {
      const { FEDNODE_METRICS: address, FEDNODE_METRICS_TOKEN: token } = environment
      if (address === undefined) continue
      expect(token).toBe('/plan/metrics-token')
    }
  })
})

describe('T48: Dockerfile', () => {
  it('pins its base to a version, drops root and runs no install scripts (T47)', () => {
    const lines = read('Dockerfile').split('\n')
    expect(lines).toContain('ARG NODE_IMAGE=node:24.21.0-bookworm-slim')
    const stages = lines.filter((line) => line.startsWith('FROM '))
    expect(stages).toHaveLength(4)
    for (const stage of stages) expect(stage).toMatch(/^FROM (\$\{NODE_IMAGE\}|node) AS [a-z]+$/)
    expect(lines).toContain('USER 1000:1000')
    expect(read('Dockerfile')).toContain('--ignore-scripts')
  })
})

describe('alerts and dashboard', () => {
  it.each(['observe/alerts.yaml', 'observe/dashboard.json'])(
    '%s names metrics that exist',
    (file) => {
      const sources = new URL('../../../packages/node/src/metrics/', import.meta.url)
      const declared = readdirSync(sources).flatMap((name) =>
        Array.from(
          readFileSync(new URL(name, sources), 'utf8').matchAll(/'(fednode_\w+)'/g),
          ([, metric]) => metric,
        ),
      )
      const used = Array.from(read(file).matchAll(/fednode_\w+/g), ([name]) =>
        name.replace(/_(sum|count)$/, ''),
      )
      expect(used.length).toBeGreaterThan(4)
      expect(declared).toEqual(expect.arrayContaining(used))
    },
  )
})
