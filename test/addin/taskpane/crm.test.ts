import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { aLook } from '../support/fake-crm.ts'
import type { Tokens } from '../../../addin/auth/tokens.ts'
import { createCrm } from '../../../addin/taskpane/pane/crm.ts'

let server: Server
let requests: IncomingMessage[]
let answer: { status: number; body: object }

beforeEach(async () => {
  requests = []
  server = createServer((req, res) => {
    requests.push(req)
    res.writeHead(answer.status, { 'content-type': 'application/json' })
    res.end(JSON.stringify(answer.body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => void server.close())

const crmFor = (token: string | null) => {
  const tokens: Tokens = { silent: async () => token, signIn: async () => '' }
  const { port } = server.address() as AddressInfo
  return createCrm({ apiUrl: `http://127.0.0.1:${port}/` }, tokens)
}
const key = { itemId: 'AAMk', mailboxAddress: 'alice@contoso.test', from: null, to: [], cc: [] }

describe('asking the CRM', () => {
  it('carries the token in the header, and nowhere else', async () => {
    answer = { status: 200, body: aLook() }
    await expect(crmFor('t0ken').look(key)).resolves.toEqual(aLook())
    const [request] = requests
    expect(request?.url).toBe('/api/v1/addin/look')
    expect(request?.headers).toMatchObject({ authorization: 'Bearer t0ken' })
    expect(request?.headers).not.toHaveProperty('cookie')
  })

  it('knows where the console shows a contact', () => {
    const { port } = server.address() as AddressInfo
    expect(crmFor(null).contactPage('c/1')).toBe(`http://127.0.0.1:${port}/contacts/c%2F1`)
  })

  it('does not ask without a token', async () => {
    await expect(crmFor(null).look(key)).rejects.toMatchObject({ code: 'not-signed-in' })
    expect(requests).toEqual([])
  })

  it("passes on the service's problem by its code", async () => {
    answer = {
      status: 403,
      body: {
        type: 'about:blank',
        title: 'Forbidden',
        status: 403,
        code: 'forbidden',
        detail: 'Not your mailbox.',
      },
    }
    await expect(
      crmFor('t').log({
        ...key,
        subject: '',
        sentAt: null,
        bodyHtml: '',
      }),
    ).rejects.toMatchObject({
      code: 'forbidden',
      detail: 'Not your mailbox.',
    })
  })
})
