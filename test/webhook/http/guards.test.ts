import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sessionStatus, startWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

describe('a change in the console', () => {
  const changes = [
    ['POST', '/api/v1/mailboxes', '{"address":"sales@contoso.test"}'],
    ['PUT', '/api/v1/mailboxes/mailbox-1/folders', '{"watched":["inbox"]}'],
    ['POST', '/auth/sign-out', ''],
  ] as const
  const own = () => new URL(world.serviceUrl).origin

  const forgeries: [string, (token: string) => Record<string, string>][] = [
    ['without the token', () => ({})],
    ['with an empty token', () => ({ 'x-csrf-token': '' })],
    ['with somebody else’s token', () => ({ 'x-csrf-token': 'A'.repeat(43) })],
    ['with half of the token', (token) => ({ 'x-csrf-token': token.slice(0, 20) })],
    ['from another site', (token) => ({ 'x-csrf-token': token, origin: 'https://evil.example' })],
    ['from nowhere', (token) => ({ 'x-csrf-token': token, origin: 'null' })],
    ['from the add-in', (token) => ({ 'x-csrf-token': token, origin: world.addinUrl })],
    [
      'from the same host by https',
      (token) => ({ 'x-csrf-token': token, origin: own().replace('http:', 'https:') }),
    ],
    [
      'from a sibling site',
      (token) => ({ 'x-csrf-token': token, origin: own(), 'sec-fetch-site': 'same-site' }),
    ],
    [
      'that the browser calls cross-site',
      (token) => ({ 'x-csrf-token': token, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'as a form',
      () => ({
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://evil.example',
      }),
    ],
    ['as plain text', () => ({ 'content-type': 'text/plain' })],
    ['by a method in a header', () => ({ 'x-http-method-override': 'GET' })],
  ]

  it.each(forgeries)('%s is refused, whatever it would change', async (_, headersFor) => {
    const browser = await world.signedIn('admin')
    const before = world.mailboxes.stored.length
    for (const [method, path, body] of changes) {
      const headers = { 'content-type': 'application/json', ...headersFor(browser.csrfToken) }
      const response = await browser.send(method, path, { headers, body })
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ code: 'csrf' })
    }
    expect(world.mailboxes.stored).toHaveLength(before)
    expect(await sessionStatus(browser)).toBe(200)
  })

  it('is done for the page that has the token, whether or not the browser names it', async () => {
    const browser = await world.signedIn('admin')
    for (const from of [{}, { origin: own(), 'sec-fetch-site': 'same-origin' }]) {
      const response = await browser.send('POST', '/api/v1/mailboxes', {
        headers: { 'content-type': 'application/json', 'x-csrf-token': browser.csrfToken, ...from },
        body: '{"address":"sales@contoso.test"}',
      })
      expect(response.status).toBe(201)
    }
  })
})

describe('another origin', () => {
  const PATHS = ['/api/v1/emails/status', '/api/v1/emails/log', '/api/v1/addin/look']
  const ask = (origin: string | null, path: string, method = 'OPTIONS') =>
    fetch(world.serviceUrl + path, {
      method,
      headers: {
        ...(origin === null ? {} : { origin }),
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    })

  it.each(PATHS)('may call %s when it is the add-in', async (path) => {
    const preflight = await ask(world.addinUrl, path)
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': world.addinUrl,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type',
      vary: 'Origin',
    })
    expect(preflight.headers.has('access-control-allow-credentials')).toBe(false)
    const refused = await ask(world.addinUrl, path, 'POST')
    expect(refused.status).toBe(401)
    // Errors too must be readable to the pane.
    expect(refused.headers.get('access-control-allow-origin')).toBe(world.addinUrl)
  })

  const strangers = () => {
    const { host, port } = new URL(world.addinUrl)
    return [
      'null',
      '*',
      'http://localhost',
      `https://${host}`,
      `http://${host}.evil.example`,
      `http://evil.example:${port}`,
      `http://evil-${host}`,
      `http://sub.${host}`,
      `http://${host}/`,
      `http://${host}0`,
      `http://127.0.0.1:${port}`,
      `HTTP://${host.toUpperCase()}`,
      ` http://${host} x`,
      `http://${host}@evil.example`,
      `http://${host},https://evil.example`,
      world.serviceUrl,
      'https://outlook.office.com',
      'file://',
      'http://xn--localhost-9za.example',
    ]
  }

  /** Everything that looks like the add-in's origin and is another one (E5). */
  const lookalikes = () => {
    const { hostname, port, protocol } = new URL(world.addinUrl)
    const schemes = ['http', 'https', 'HTTP', 'ws', 'ftp', 'chrome-extension', 'moz-extension']
    const hosts = [
      ...[hostname, `${hostname}.`, `.${hostname}`, `${hostname}.evil.example`, `evil-${hostname}`],
      ...[
        `${hostname}-evil`,
        `sub.${hostname}`,
        `evil.example#${hostname}`,
        hostname.toUpperCase(),
      ],
      ...[`evil.example/${hostname}`, `evil.example?${hostname}`, `evil@${hostname}`, '127.0.0.1'],
      ...[
        '[::1]',
        '0.0.0.0',
        '2130706433',
        'ⅼocalhost',
        'locаlhost',
        'xn--loclhost-6nf',
        'localhos',
      ],
    ].map((host) => Buffer.from(host).toString('latin1')) // as bytes on the wire
    const ports = ['', ':80', `:${port}`, `:${port}0`, `:${Number(port) + 1}`, ':0']
    const own = `${protocol}//${hostname}:${port}`
    return schemes
      .flatMap((scheme) => hosts.flatMap((host) => ports.map((at) => `${scheme}://${host}${at}`)))
      .filter((origin) => origin !== own)
  }

  it('is told apart from the add-in’s in each of 200 disguises and more', async () => {
    const origins = lookalikes()
    expect(origins.length).toBeGreaterThan(200)
    const answers: [string, string | null, string | null][] = []
    for (let at = 0; at < origins.length; at += 20)
      answers.push(
        ...(await Promise.all(
          origins.slice(at, at + 20).map(async (origin): Promise<(typeof answers)[number]> => {
            const { headers } = await ask(origin, PATHS[0]!)
            const credentials = headers.get('access-control-allow-credentials')
            return [origin, headers.get('access-control-allow-origin'), credentials]
          }),
        )),
      )
    expect(answers.filter(([, allowed, credentials]) => allowed ?? credentials)).toEqual([])
  })

  it.each(PATHS)('that is not exactly the add-in’s may read nothing of %s', async (path) => {
    for (const origin of [...strangers(), null]) {
      for (const method of ['OPTIONS', 'POST']) {
        const { headers } = await ask(origin, path, method)
        expect([origin, headers.get('access-control-allow-origin')]).toEqual([origin, null])
        expect(headers.get('vary')).toContain('Origin')
      }
    }
  })

  it('may read nothing of the console’s API, not even as the add-in', async () => {
    const browser = await world.signedIn('alice')
    for (const path of ['/api/v1/session', '/api/v1/mailboxes', '/api/v1/emails']) {
      const response = await browser.get(path, { origin: world.addinUrl })
      expect(response.headers.has('access-control-allow-origin')).toBe(false)
      const preflight = await ask(world.addinUrl, path)
      expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
    }
  })
})
