import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AuthorityKeys } from '../../../webhook/notifications/rich/authority-keys.ts'
import { authorityHttp } from '../../../webhook/sign-in/authority-http.ts'
import { Entra } from '../../../webhook/sign-in/entra.ts'
import {
  aScriptedGraph,
  pagesOf,
  untilTheEnd,
  type ScriptedGraph,
} from '../provider/graph/graphs.ts'
import { walked } from './walked.ts'

/** Somebody else, who counts who comes. */
const stranger = { url: '', connections: 0 }
let servers: Server[] = []

async function listen(answer: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

beforeEach(async () => {
  const { server, url } = await listen((_request, response) => response.end('{"keys":[]}'))
  Object.assign(stranger, { url, connections: 0 })
  server.on('connection', () => stranger.connections++)
})
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
  servers = []
})

const STATUSES = [300, 301, 302, 303, 305, 307, 308]
const ways = () => {
  const host = stranger.url.slice('http://'.length)
  const beside = [`//${host}/`, `http:${host}`, `\\\\${host}\\`, ` ${stranger.url}`]
  return [
    stranger.url,
    ...beside,
    `http://graph@${host}/`,
    `HTTP://${host}/v1.0/`,
    '/v1.0/elsewhere',
  ]
}

describe('a redirect (I7)', () => {
  const askEverything = async ({ alice }: ScriptedGraph) => {
    const folder = { providerFolderId: 'inbox', cursor: null, pageSize: () => 10 }
    const bytes = { messageId: 'm', attachmentId: 'a' }
    const answers = [
      pagesOf(alice.changes(folder, untilTheEnd)),
      alice.message('m', untilTheEnd),
      walked(alice.attachmentContent(bytes, untilTheEnd)),
      alice.unsubscribe('s', untilTheEnd),
    ].map((answer) =>
      answer.then(
        () => 'followed',
        (error: { code?: string }) => error.code,
      ),
    )
    return Promise.all(answers)
  }

  it.each(STATUSES)('of Graph with %i is not followed, wherever it leads', async (status) => {
    for (const location of ways()) {
      const graph = await aScriptedGraph(() => ({ status, headers: { location } }))
      expect(await askEverything(graph)).toEqual(Array(4).fill('unexpected-answer'))
      expect(graph.asked).toHaveLength(4)
      await graph[Symbol.asyncDispose]()
    }
    expect(stranger.connections).toBe(0)
  })

  it.each(STATUSES.filter((status) => status !== 300 && status !== 305))(
    'of the authority with %i is not followed, with or without credentials',
    async (status) => {
      for (const location of ways()) {
        let asked = 0
        const authority = await listen((_request, response) => {
          asked++
          response.writeHead(status, { location }).end()
        })
        const body = 'client_secret=s'
        const all = await Promise.allSettled([
          authorityHttp.sendGetRequestAsync(`${authority.url}/x`),
          authorityHttp.sendPostRequestAsync(`${authority.url}/token`, { body }),
          new AuthorityKeys(authority.url).of('2.0'),
          entraAt(authority.url).discovery(),
        ])
        expect(all.map((each) => each.status)).toEqual(Array(4).fill('rejected'))
        expect(asked).toBe(4)
      }
      expect(stranger.connections).toBe(0)
    },
  )
})

const entraAt = (authorityUrl: string) => {
  const clientId = 'f10c2300-0006-4f10-8c23-0000000f10c2'
  const entra = { authorityUrl, tenant: 'organizations', clientId, apiScope: 'api://x/y' }
  const credential = { kind: 'secret' as const, secret: 'a-secret-of-the-app' }
  return new Entra({ entra, apiUrl: 'https://crm.example.com', credential })
}

/** An authority whose document says that one of its addresses is elsewhere. */
async function authorityNaming(field: string, elsewhere: string) {
  const authority = await listen((_request, response) => {
    const { url } = authority
    const own = {
      issuer: `${url}/{tenantid}/v2.0`,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
    }
    response.end(JSON.stringify({ ...own, [field]: elsewhere }))
  })
  return authority.url
}

describe('an authority whose document leads elsewhere (I7)', () => {
  it.each(['jwks_uri', 'token_endpoint', 'authorization_endpoint'])(
    'by its %s is not believed, and nobody there is asked',
    async (field) => {
      for (const elsewhere of [`${stranger.url}/x`, 'http://169.254.169.254/x', 'file:///x']) {
        const url = await authorityNaming(field, elsewhere)
        const entra = entraAt(url)
        await expect(entra.discovery()).rejects.toMatchObject({ code: 'provider-unavailable' })
        await expect(entra.client()).rejects.toMatchObject({ code: 'provider-unavailable' })
        if (field === 'jwks_uri') await expect(new AuthorityKeys(url).of('2.0')).rejects.toThrow()
      }
      expect(stranger.connections).toBe(0)
    },
  )

  it('is believed when everything is its own', async () => {
    const url = await authorityNaming('jwks_uri', '')
    await expect(entraAt(url).discovery()).rejects.toThrow()
    const good = await authorityNaming('userinfo_endpoint', 'https://graph.microsoft.com/oidc')
    expect(await entraAt(good).discovery()).toMatchObject({ jwks_uri: `${good}/keys` })
    expect(await new AuthorityKeys(good).of('2.0')).toMatchObject({
      issuer: `${good}/{tenantid}/v2.0`,
    })
  })
})
