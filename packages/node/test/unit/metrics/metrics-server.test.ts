import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startMetricsServer } from '../../../src/metrics/metrics-server.ts'
import { createReadiness } from '../../../src/metrics/readiness.ts'

const TOKEN = 'c2VjcmV0LXRva2VuLW9mLXRlc3Rz'

async function serve(
  options: {
    readonly token?: string
    readonly ready?: boolean
    readonly requestTimeoutMs?: number
  } = {},
) {
  const { token, ready = true, requestTimeoutMs = 5_000 } = options
  const readiness = createReadiness(['chain'])
  readiness.meet('chain', () => ready)
  const server = await startMetricsServer(
    { host: '127.0.0.1', port: 0, token, requestTimeoutMs },
    {
      metrics: async () => ({ text: 'fednode_round_opened_total 1\n', contentType: 'text/plain' }),
      readiness: readiness.report,
    },
  )
  onTestFinished(() => server.stop())
  return server
}

function get(
  url: string,
  options: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('metrics server', () => {
  it('answers metrics, health and readiness', async () => {
    const { url } = await serve()
    expect(await get(`${url}/metrics`)).toEqual({
      status: 200,
      body: 'fednode_round_opened_total 1\n',
    })
    expect(await get(`${url}/healthz`)).toEqual({ status: 200, body: '{"status":"alive"}\n' })
    expect(await get(`${url}/readyz`)).toEqual({
      status: 200,
      body: '{"status":"ready","checks":{"chain":true}}\n',
    })
  })

  it('says 503 and what is missing when it lives and is not ready', async () => {
    const { url } = await serve({ ready: false })
    expect(await get(`${url}/readyz`)).toEqual({
      status: 503,
      body: '{"status":"unready","checks":{"chain":false}}\n',
    })
    expect((await get(`${url}/healthz`)).status).toBe(200)
  })

  it('T49: with a token, whoever does not have it learns that the process lives and no more', async () => {
    const { url } = await serve({ token: TOKEN })
    for (const path of ['/metrics', '/readyz']) {
      expect((await get(`${url}${path}`)).status).toBe(401)
      const wrong = { authorization: `Bearer ${TOKEN}x` }
      expect((await get(`${url}${path}`, { headers: wrong })).status).toBe(401)
      const right = { authorization: `Bearer ${TOKEN}` }
      expect((await get(`${url}${path}`, { headers: right })).status).toBe(200)
    }
    expect((await get(`${url}/healthz`)).status).toBe(200)
  })

  it('T49, T50: without a token a web page gets nothing through a name of its own', async () => {
    const { url } = await serve()
    const rebound = await get(`${url}/metrics`, { headers: { host: 'attacker.example:9464' } })
    expect(rebound).toEqual({ status: 421, body: 'not this name\n' })
    expect((await get(`${url}/metrics`, { headers: { host: 'localhost' } })).status).toBe(200)
  })

  it('T49: answers nothing else, and only GET', async () => {
    const { url } = await serve()
    expect((await get(`${url}/`)).status).toBe(404)
    expect((await get(`${url}/metrics/../etc/passwd`)).status).toBe(404)
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await get(`${url}/metrics`, { method })).status).toBe(405)
    }
  })

  it('T7: cuts whoever does not finish a request', async () => {
    const { url } = await serve({ requestTimeoutMs: 200 })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => {})
    let answer = ''
    socket.on('data', (bytes) => {
      answer += bytes.toString()
    })
    socket.write('GET /metrics HTTP/1.1\r\nhost: localhost\r\n')
    await closed
    expect(answer).toContain('408 Request Timeout')
    expect((await get(`${url}/healthz`)).status).toBe(200)
  })

  it('refuses a port that is in use in one line', async () => {
    const { url } = await serve()
    const port = Number(new URL(url).port)
    const second = startMetricsServer(
      { host: '127.0.0.1', port, token: undefined },
      {
        metrics: async () => ({ text: '', contentType: 'text/plain' }),
        readiness: async () => ({ status: 'ready', checks: {} }),
      },
    )
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  })
})
