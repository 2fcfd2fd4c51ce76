import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AddinSettings } from '../../../models/wire/addin-settings.ts'
import { startWorld, type World } from './support/world.ts'

const OFFICE_JS = 'http://localhost:3003/office.js?a=1&b="2"'

let folder: string
let world: World
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowcrm-pages-'))
  const files = {
    'console/index.html': '<title>Console</title>',
    'console/console.0a1b2c3d.js': 'console()',
    'console/console.js': 'console()',
    'addin/taskpane.html': '<script src="{{OFFICE_JS_URL}}"></script><title>Pane</title>',
    'addin/commands.html': '<script src="{{OFFICE_JS_URL}}"></script>',
    'addin/auth-redirect.html': '<title>Signing in</title>',
    'addin/assets/icon-32.png': 'png',
    'addin/manifest.xml': '<SourceLocation DefaultValue="{{ADDIN_URL}}/taskpane.html"/>',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  world = await startWorld({
    consoleFolder: join(folder, 'console'),
    addinFolder: join(folder, 'addin'),
    env: { OFFICE_JS_URL: OFFICE_JS },
  })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const fromConsole = (path: string) => fetch(world.serviceUrl + path)
const fromAddin = (path: string) => fetch(world.addinUrl + path)

const directivesOf = (response: Response) =>
  Object.fromEntries(
    response.headers
      .get('content-security-policy')!
      .split(';')
      .map((directive) => directive.trim().split(/ (.*)/, 2)),
  ) as Record<string, string>

describe('the console’s pages', () => {
  it.each(['/', '/mailboxes', '/?connected=m1', '/settings/rules'])(
    '%s is the console, asked for anew each time',
    async (path) => {
      const response = await fromConsole(path)
      expect(await response.text()).toBe('<title>Console</title>')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    },
  )

  it.each([
    '/nowhere.js',
    '/api/nowhere',
    '/auth/nowhere',
    '/webhooks/nowhere',
    '/../package.json',
  ])('%s is not', async (path) => {
    const response = await fromConsole(path)
    expect(await response.text()).not.toContain('<title>Console</title>')
    expect(response.status).toBe(404)
  })

  it('keep for ever what bears its hash in its name, and nothing else', async () => {
    const cacheOf = async (path: string) => (await fromConsole(path)).headers.get('cache-control')
    expect(await cacheOf('/console.0a1b2c3d.js')).toBe('public, max-age=31536000, immutable')
    expect(await cacheOf('/console.js')).toBe('no-cache')
  })

  it('send scripts packed to whoever takes them so, and as they are to others', async () => {
    const [plain, packed] = await Promise.all(
      ['identity', 'gzip'].map((coding) =>
        fetch(`${world.serviceUrl}/console.0a1b2c3d.js`, {
          headers: { 'accept-encoding': coding },
        }),
      ),
    )
    expect(packed!.headers.get('content-encoding')).toBe('gzip')
    expect(plain!.headers.has('content-encoding')).toBe(false)
    for (const response of [plain!, packed!]) {
      expect(await response.text()).toBe('console()')
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(response.headers.get('vary')).toContain('Accept-Encoding')
    }
    expect((await fromConsole('/nowhere.0a1b2c3d.js')).status).toBe(404)
  })

  it('run nothing but our own files, and are framed by nobody', async () => {
    const response = await fromConsole('/')
    expect(directivesOf(response)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
      'connect-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'frame-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'object-src': "'none'",
      'form-action': `'self' ${new URL(world.issuerUrl).origin}`,
    })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    for (const name of ['x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
      expect(response.headers.has(name)).toBe(false)
  })

  it('insist on https where they are served by it', async () => {
    await using other = await startWorld({
      env: { PUBLIC_URL: 'https://crm.example.com', ADDIN_URL: 'https://addin.example.com' },
    })
    for (const url of [other.serviceUrl, other.addinUrl])
      expect((await fetch(`${url}/`)).headers.get('strict-transport-security')).toBe(
        'max-age=31536000; includeSubDomains',
      )
  })

  it('say how to build them when they are not', async () => {
    await using other = await startWorld()
    for (const url of [other.serviceUrl, other.addinUrl]) {
      const response = await fetch(`${url}/`)
      expect(response.status).toBe(503)
      expect(await response.text()).toContain('npm run build')
    }
  })
})

describe('the add-in’s pages', () => {
  it.each(['/', '/taskpane.html', '/commands.html'])(
    '%s loads Office.js from where it is configured',
    async (path) => {
      const response = await fromAddin(path)
      expect(await response.text()).toContain(
        '<script src="http://localhost:3003/office.js?a=1&amp;b=&quot;2&quot;"></script>',
      )
      expect(response.headers.get('cache-control')).toBe('no-cache')
    },
  )

  it('live in Outlook’s frames, talk to our API and the authority, and to nobody else', async () => {
    const authority = new URL(world.issuerUrl).origin
    for (const path of ['/', '/taskpane.html', '/auth-redirect.html']) {
      const response = await fromAddin(path)
      expect(directivesOf(response)).toEqual({
        'default-src': "'none'",
        'script-src': "'self' http://localhost:3003",
        'style-src': "'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        'connect-src': `'self' ${world.serviceUrl} ${authority} https://browser.pipe.aria.microsoft.com https://*.events.data.microsoft.com`,
        'img-src': "'self' data:",
        'font-src': "'self'",
        'frame-src': `'self' ${authority}`,
        'frame-ancestors':
          "'self' https://outlook.office.com https://outlook.office365.com https://outlook.live.com " +
          'https://outlook.cloud.microsoft https://*.office.com https://*.officeapps.live.com http://localhost:3003',
        'base-uri': "'none'",
        'object-src': "'none'",
        'form-action': authority,
      })
      expect(response.headers.has('x-frame-options')).toBe(false)
      expect(response.headers.has('cross-origin-opener-policy')).toBe(false)
    }
  })

  it('let Outlook show their icons, and keep them', async () => {
    const response = await fromAddin('/assets/icon-32.png')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(response.headers.has('cache-control')).toBe(false)
  })

  it('come with a manifest for the address they lie at', async () => {
    const response = await fromAddin('/manifest.xml')
    expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(await response.text()).toBe(
      `<SourceLocation DefaultValue="${world.config.addinUrl}/taskpane.html"/>`,
    )
  })

  it('set no cookie, and know no API', async () => {
    for (const path of ['/', '/settings.json', '/api/v1/session', '/auth/sign-in']) {
      expect((await fromAddin(path)).headers.getSetCookie()).toEqual([])
    }
    expect((await fromAddin('/api/v1/session')).status).toBe(404)
  })

  it('find their settings on both origins, with nothing secret in them', async () => {
    for (const response of [
      await fromAddin('/settings.json'),
      await fromConsole('/settings.json'),
    ]) {
      const text = await response.text()
      expect(AddinSettings.parse(JSON.parse(text))).toMatchObject({
        apiUrl: world.serviceUrl,
        scope: world.config.entra.apiScope,
      })
      expect(text).not.toContain('worth-nothing')
    }
  })
})

describe('Graph’s door', () => {
  it('comes before sessions and bodies: its router reads its own', async () => {
    const response = await fetch(`${world.serviceUrl}/webhooks/graph/notifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: '{"value":[]}',
    })
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ cookies: null, body: { value: [] } })
    expect(response.headers.getSetCookie()).toEqual([])
  })
})
