import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { locationOf, type Browser } from './support/browser.ts'
import { awayAndBack, connect, startWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

describe('connecting the own mailbox', () => {
  it('asks for the mail, names the person, and lands on the new mailbox', async () => {
    const browser = await world.signedIn('bob')
    const url = new URL(locationOf(await browser.get('/auth/connect')))
    expect(url.searchParams.get('login_hint')).toBe('bob@contoso.test')
    expect(url.searchParams.get('scope')!.split(' ')).toEqual(
      expect.arrayContaining([
        'https://graph.microsoft.com/Mail.Read',
        'https://graph.microsoft.com/User.Read',
        'offline_access',
      ]),
    )
    expect(await connect(world, browser, 'bob')).toMatch(/^\/\?connected=mailbox-\d+$/)
    expect(world.mailboxes.connecting.at(-1)).toEqual({
      workspaceId: tenants.contoso.id,
      userId: people.bob.oid,
      displayName: 'Bob Baker',
      address: 'bob@contoso.test',
      roles: ['member'],
      homeAccountId: `${people.bob.oid}.${tenants.contoso.id}`,
    })
  })

  it('asks for the right to write besides, where something is to go back to the mailbox', async () => {
    await using both = await startWorld({ bothWays: true })
    const browser = await both.signedIn('bob')
    const url = new URL(locationOf(await browser.get('/auth/connect')))
    const scopes = url.searchParams.get('scope')!.split(' ')
    const mail = scopes.filter((scope) => scope.includes('/Mail.'))
    expect(mail.map((scope) => scope.split('/').at(-1))).toEqual(['Mail.Read', 'Mail.ReadWrite'])
    expect(await connect(both, browser, 'bob')).toMatch(/^\/\?connected=mailbox-\d+$/)
  })

  it('signs in first who is not', async () => {
    const browser = world.browser()
    const response = await browser.get('/auth/connect')
    expect(locationOf(response)).toBe('/auth/sign-in?returnTo=/auth/connect')
  })

  it('refuses another account than the one signed in, and keeps none of its tokens', async () => {
    await using other = await startWorld()
    const browser = await other.signedIn('alice')
    const url = locationOf(await browser.get('/auth/connect'))
    const response = await browser.get(other.issuer.authorizeAs('bob', url))
    expect(await response.json()).toMatchObject({ status: 403, code: 'wrong-account' })
    expect(other.mailboxes.connecting).toEqual([])
    expect(await other.db.db!.collection('tokenCaches').countDocuments()).toBe(0)
  })

  it('says so when she declines', async () => {
    await using other = await startWorld()
    const browser = await other.signedIn('alice')
    const url = locationOf(await browser.get('/auth/connect'))
    const response = await browser.get(other.issuer.authorizeAs('alice', url, 'cancel'))
    expect(await response.json()).toMatchObject({ status: 403, code: 'consent-declined' })
  })

  it('needs the session to be there still when she comes back', async () => {
    const browser = await world.signedIn('alice')
    const back = await awayAndBack(world, browser, '/auth/connect')
    browser.cookies.delete('flowcrm-session')
    expect((await browser.get(back.href)).status).toBe(403)
  })
})

describe('consent for a whole organization', () => {
  const consentAs = async (browser: Browser, decision: 'accept' | 'cancel') => {
    const url = locationOf(await browser.get('/auth/admin-consent'))
    return locationOf(await browser.get(world.issuer.authorizeAs('admin', url, decision)))
  }

  it('is an administrator’s to give or to refuse', async () => {
    const browser = await world.signedIn('admin')
    expect(await consentAs(browser, 'cancel')).toBe('/?adminConsent=refused')
    expect(await consentAs(browser, 'accept')).toBe('/?adminConsent=granted')
  })

  it('is not a member’s', async () => {
    const browser = await world.signedIn('alice')
    const response = await browser.get('/auth/admin-consent')
    expect(await response.json()).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('counts only as the answer to what this browser began', async () => {
    const browser = await world.signedIn('admin')
    const path = '/auth/admin-consent/callback?admin_consent=True&state=made-up'
    expect((await browser.get(path)).status).toBe(400)
  })
})
