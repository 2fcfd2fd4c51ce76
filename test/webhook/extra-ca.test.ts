import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { lineOf, startProcess, stopProcess } from '../../sandbox/processes.ts'

// A certificate of an authority that nobody else knows; made for this test, worth nothing elsewhere.
const CA_FILE = 'test/fixtures/private-ca.pem'
let server: Server
let url: string

beforeAll(async () => {
  const key = readFileSync('test/fixtures/private-ca.key.pem')
  server = createServer({ key, cert: readFileSync(CA_FILE) }, (_request, response) =>
    response.end(),
  )
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening))
  url = `https://localhost:${(server.address() as AddressInfo).port}/`
})
afterAll(() => new Promise((closed) => server.close(closed)))

async function ask(env: Record<string, string>): Promise<string> {
  const child = startProcess('test/support/ask-with-extra-ca.ts', { env: { ASK_URL: url, ...env } })
  const [line] = await lineOf(child, /(answered|refused) \S+/)
  await stopProcess(child)
  return line
}

it('reaches a server of a private authority that EXTRA_CA_FILE names', async () => {
  expect(await ask({ EXTRA_CA_FILE: CA_FILE })).toBe('answered 200')
})

it('does not trust it without', async () => {
  expect(await ask({})).toMatch(/^refused (DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/)
})
