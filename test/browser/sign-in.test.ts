import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { realClock } from '../../webhook/clock.ts'
import { Random } from '../../sandbox/random.ts'
import { flowCrm, people } from '../../sandbox/sign-in/directory.ts'
import { Issuer } from '../../sandbox/sign-in/issuer.ts'
import { API_SCOPE, msalAuthority } from '../sandbox/sign-in/support.ts'
import { accessibilityFaults } from '../support/axe.ts'
import { findChromium } from '../support/find-chromium.ts'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run']
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync']

/** The package's own browser builds, unmodified. */
const msalFile = (path: string) =>
  readFile(join(dirname(require.resolve('@azure/msal-browser')), path), 'utf8')

const APP_PAGE = `<!doctype html><html lang="en"><title>App</title><script src="/msal.js"></script>
<button>Sign in</button><script>
  let scopes = []
  const ready = fetch('/config.json').then((reply) => reply.json()).then(async ({ auth, wanted }) => {
    scopes = wanted
    return msal.createStandardPublicClientApplication({ auth, cache: { cacheLocation: 'sessionStorage' } })
  })
  const report = (promise) => promise.then(
    ({ accessToken, fromCache, account }) => ({ accessToken, fromCache, username: account.username }),
    (error) => ({ failed: error.errorCode + ' ' + error.errorMessage }))
  document.querySelector('button').onclick = () => {
    window.result = ready.then((app) => report(app.acquireTokenPopup({ scopes })))
  }
  window.silently = () => ready.then((app) =>
    report(app.acquireTokenSilent({ scopes, account: app.getAllAccounts()[0], forceRefresh: true })))
  window.ssoSilently = () => ready.then((app) => report(app.ssoSilent({ scopes, loginHint: 'alice@contoso.test' })))
</script></html>`

const REDIRECT_PAGE = `<!doctype html><html lang="en"><title>Redirect</title><script src="/bridge.js"></script>
<script>msalRedirectBridge.broadcastResponseToMainFrame()</script></html>`

let browser: Browser
let issuer: Issuer
let app: Server
let appUrl: string

async function serveApp(): Promise<string> {
  const files = new Map([
    ['/', ['text/html', APP_PAGE]],
    ['/redirect.html', ['text/html', REDIRECT_PAGE]],
    ['/msal.js', ['text/javascript', await msalFile('msal-browser.min.js')]],
    [
      '/bridge.js',
      ['text/javascript', await msalFile('redirect-bridge/msal-redirect-bridge.min.js')],
    ],
  ])
  app = createServer((request, response) => {
    const [type, body] = files.get(new URL(request.url!, 'http://localhost').pathname) ?? []
    response
      .writeHead(body ? 200 : 404, { 'content-type': `${type ?? 'text/plain'}; charset=utf-8` })
      .end(body)
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(app.address() as AddressInfo).port}`
  const config = {
    auth: {
      clientId: flowCrm.clientId,
      redirectUri: `${url}/redirect.html`,
      ...(await msalAuthority(issuer.url, 'organizations')),
    },
    wanted: [API_SCOPE],
  }
  files.set('/config.json', ['application/json', JSON.stringify(config)])
  return url
}

beforeAll(async () => {
  issuer = Issuer.create({
    clock: realClock,
    random: new Random(7),
    redirectUris: { web: [], spa: [] },
  })
  await issuer.listen()
  appUrl = await serveApp()
  issuer.registration.addRedirectUris({ spa: [`${appUrl}/redirect.html`] })
  browser = await chromium.launch({
    executablePath: findChromium(process.env) ?? '',
    args: [...ARGS, ...QUIET],
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  app?.close()
  await issuer?.[Symbol.asyncDispose]()
})

type Reported = { accessToken?: string; fromCache?: boolean; username?: string; failed?: string }
const inPage = (page: Page, expression: string) => page.evaluate<Reported>(expression)

async function openSignIn(context: BrowserContext): Promise<{ page: Page; popup: Page }> {
  const page = await context.newPage()
  await page.goto(appUrl)
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign in' }).click(),
  ])
  await popup.getByRole('heading', { name: 'Who are you today?' }).waitFor()
  return { page, popup }
}

describe('the real msal-browser over plain http, in Chromium', () => {
  it('signs Alice in through a pop-up, refreshes, and finds her session again in a hidden frame', async () => {
    const context = await browser.newContext()
    const { page, popup } = await openSignIn(context)
    await popup.getByRole('button', { name: 'Sign in as Alice' }).click()
    await popup.getByText(`Use ${flowCrm.name} as you`).waitFor()
    await popup.getByRole('button', { name: 'Accept' }).click()

    const first = await inPage(page, 'window.result')
    expect(first).toMatchObject({ username: 'alice@contoso.test', fromCache: false })
    expect(await issuer.verifyAccessToken(first.accessToken!, flowCrm.clientId)).toMatchObject({
      oid: people.alice.oid,
      scopes: [flowCrm.scope],
    })

    const refreshed = await inPage(page, 'window.silently()')
    expect(refreshed.accessToken).toBeDefined()
    expect(refreshed.accessToken).not.toBe(first.accessToken)

    await page.evaluate('sessionStorage.clear()')
    await page.reload()
    expect(await inPage(page, 'window.ssoSilently()')).toMatchObject({
      username: 'alice@contoso.test',
    })
    await context.close()
  })

  it('tells the app when Bob declines, with the keyboard alone', async () => {
    const context = await browser.newContext()
    const { page, popup } = await openSignIn(context)
    await popup.keyboard.press('Tab')
    await popup.keyboard.press('Tab')
    await popup.keyboard.press('Enter')
    await popup.getByText('Signed in as bob@contoso.test').waitFor()
    await popup.keyboard.press('Tab')
    await popup.keyboard.press('Enter')
    expect((await inPage(page, 'window.result')).failed).toContain('AADSTS65004')
    await context.close()
  })

  it.each(['light', 'dark'] as const)(
    'has pages without accessibility faults in %s',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme })
      const { popup } = await openSignIn(context)
      expect(await accessibilityFaults(popup)).toEqual([])
      await popup.getByRole('button', { name: 'Sign in as Carol' }).click()
      await popup.getByRole('button', { name: 'Accept' }).waitFor()
      expect(await accessibilityFaults(popup)).toEqual([])
      await context.close()
    },
  )
})
