import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import type { MemberPage } from '../../../models/wire/people/member.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { locationOf } from './support/browser.ts'
import { awayAndBack, sessionStatus, signInWith, startWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

describe('signing in to the console', () => {
  it('gives Alice a session, and tells the page who she is', async () => {
    const browser = await world.signedIn('alice')
    expect(await (await browser.get('/api/v1/session')).json()).toEqual({
      user: { id: people.alice.oid, displayName: 'Alice Archer', address: 'alice@contoso.test' },
      workspaceId: tenants.contoso.id,
      roles: ['member'],
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      sandbox: {
        faultDeskUrl: 'http://localhost:3001/desk',
        outlookUrl: 'http://localhost:3003/mail/',
      },
    })
  })

  it('knows an administrator by what the authority says', async () => {
    const browser = await world.signedIn('admin')
    expect(await (await browser.get('/api/v1/session')).json()).toMatchObject({
      roles: ['member', 'admin'],
    })
  })

  it('is remembered, with the roles and the time of the last one', async () => {
    const browser = await world.signedIn('admin')
    await world.clock.advance(MINUTE)
    await world.signedIn('alice')
    const { members } = (await (await browser.get('/api/v1/members')).json()) as MemberPage
    expect(members.map(({ displayName, roles }) => [displayName, roles])).toEqual([
      ['Alice Archer', ['member']],
      ['Ada Admin', ['member', 'admin']],
    ])
  })

  it('asks with PKCE, state and nonce, and for no mail', async () => {
    const url = new URL(locationOf(await world.browser().get('/auth/sign-in')))
    const query = Object.fromEntries(url.searchParams)
    expect(query).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(query['scope']!.split(' ').sort()).toEqual(['offline_access', 'openid', 'profile'])
  })

  it('comes back to where it began, if that is on this site', async () => {
    for (const [wanted, landed] of [
      ['/mailboxes?light=red', '/mailboxes?light=red'],
      ['//evil.example', '/'],
      ['https://evil.example', '/'],
    ] as const) {
      const browser = world.browser()
      const back = await awayAndBack(
        world,
        browser,
        `/auth/sign-in?returnTo=${encodeURIComponent(wanted)}`,
      )
      expect(locationOf(await browser.get(back.href))).toBe(landed)
    }
  })

  it('keeps the cookie from scripts and from other sites, and its value from the database', async () => {
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    const lines = (await browser.get(back.href)).headers.getSetCookie()
    const session = lines.find((line) => line.startsWith('flowcrm-session='))!
    expect(session).toMatch(/; HttpOnly/)
    expect(session).toMatch(/; SameSite=Lax/)
    expect(session).toMatch(/; Path=\//)
    expect(session).not.toMatch(/Domain/)
    const stored = JSON.stringify(await world.db.db!.collection('sessions').find().toArray())
    expect(stored).not.toContain(browser.cookies.get('flowcrm-session'))
  })

  it('marks its cookies secure, and the host’s own, where the site is https', async () => {
    await using other = await startWorld({ env: { PUBLIC_URL: 'https://crm.example.com' } })
    const [line] = (await other.browser().get('/auth/sign-in')).headers.getSetCookie()
    expect(line).toMatch(/^__Host-flowcrm-sign-in=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/)
  })

  it('gives a new session each time, and ends the one before', async () => {
    const browser = await world.signedIn('alice')
    const before = browser.cookies.get('flowcrm-session')!
    await signInWith(browser, world.issuer, 'alice')
    const after = browser.cookies.get('flowcrm-session')!
    expect(after).not.toBe(before)
    browser.cookies.set('flowcrm-session', before)
    expect(await sessionStatus(browser)).toBe(401)
  })

  it('takes no session that somebody planted before', async () => {
    const browser = world.browser()
    browser.cookies.set('flowcrm-session', 'planted-by-somebody')
    await signInWith(browser, world.issuer, 'alice')
    expect(browser.cookies.get('flowcrm-session')).not.toBe('planted-by-somebody')
  })

  it('ends when the person signs out', async () => {
    const browser = await world.signedIn('alice')
    const cookie = browser.cookies.get('flowcrm-session')!
    const headers = { 'x-csrf-token': browser.csrfToken }
    expect((await browser.send('POST', '/auth/sign-out', { headers })).status).toBe(204)
    expect(browser.cookies.has('flowcrm-session')).toBe(false)
    browser.cookies.set('flowcrm-session', cookie)
    expect(await sessionStatus(browser)).toBe(401)
  })

  it('ends by itself after a working day, and the sweep removes it', async () => {
    await using other = await startWorld()
    const browser = await other.signedIn('alice')
    await other.clock.advance(12 * HOUR - MINUTE)
    expect(await sessionStatus(browser)).toBe(200)
    await other.clock.advance(MINUTE)
    expect(await sessionStatus(browser)).toBe(401)
    const stored = other.db.db!.collection('sessions')
    expect(await stored.countDocuments()).toBe(1)
    await other.sessions.sweepExpired()
    expect(await stored.countDocuments()).toBe(0)
  })
})

describe('a person whom the authority turns away', () => {
  it.each([
    [65004, 403, 'consent-declined'],
    [65001, 403, 'admin-consent-needed'],
    [90094, 403, 'admin-consent-needed'],
    [90095, 403, 'admin-consent-needed'],
    [50105, 400, 'sign-in-failed'],
    [50076, 400, 'sign-in-failed'],
  ] as const)('AADSTS%i at the page: %i %s', async (aadsts, status, code) => {
    world.issuer.faults.failNext({ grant: 'authorize', aadsts })
    const browser = world.browser()
    const response = await browser.get((await awayAndBack(world, browser)).href)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code, status })
  })

  it.each([
    [65001, 403, 'admin-consent-needed'],
    [90094, 403, 'admin-consent-needed'],
    [70008, 400, 'sign-in-failed'],
    [7000215, 400, 'sign-in-failed'],
    [90033, 503, 'provider-unavailable'],
  ] as const)('AADSTS%i at the code: %i %s', async (aadsts, status, code) => {
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    world.issuer.faults.failNext({ grant: 'authorization_code', aadsts })
    const response = await browser.get(back.href)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code })
  })

  it('reads a page with the way back, in which nothing of the answer is live', async () => {
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    back.searchParams.delete('code')
    back.searchParams.set('error', '<script>alert(1)</script>')
    const response = await browser.get(back.href, { accept: 'text/html,*/*;q=0.8' })
    const html = await response.text()
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(html).toContain('<a href="/">')
    expect(html).not.toContain('<script')
  })

  it('comes from a tenant that is not allowed in', async () => {
    await using other = await startWorld({ env: { TENANT: tenants.contoso.id } })
    const alice = await other.signedIn('alice')
    expect(await sessionStatus(alice)).toBe(200)
    const browser = other.browser()
    const url = new URL(locationOf(await browser.get('/auth/sign-in')))
    expect(url.pathname).toContain(tenants.contoso.id)
    expect(() => other.issuer.authorizeAs('carol', url.href)).toThrow()
  })
})
