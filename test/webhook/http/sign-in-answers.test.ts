import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MINUTE } from '../../../webhook/duration.ts'
import { locationOf } from './support/browser.ts'
import { awayAndBack, sessionStatus, startWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

describe('an answer that does not belong to what this browser began', () => {
  it.each([
    ['without a state', (back: URL) => back.searchParams.delete('state')],
    ['with another state', (back: URL) => back.searchParams.set('state', 'x'.repeat(43))],
    ['with two states', (back: URL) => back.searchParams.append('state', 'x')],
    ['without a code', (back: URL) => back.searchParams.delete('code')],
    ['with a made-up code', (back: URL) => back.searchParams.set('code', '1.made-up')],
  ])('%s signs nobody in', async (_, tamper) => {
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    tamper(back)
    expect((await browser.get(back.href)).status).toBe(400)
    expect(await sessionStatus(browser)).toBe(401)
  })

  it('in another browser signs nobody in: the attempt is in the cookie', async () => {
    const back = await awayAndBack(world, world.browser())
    const other = world.browser()
    expect((await other.get(back.href)).status).toBe(400)
    await awayAndBack(world, other)
    expect((await other.get(back.href)).status).toBe(400)
    expect(await sessionStatus(other)).toBe(401)
  })

  it('with the code of another attempt fails on PKCE and nonce', async () => {
    const stolenFrom = await awayAndBack(world, world.browser())
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    back.searchParams.set('code', stolenFrom.searchParams.get('code')!)
    expect((await browser.get(back.href)).status).toBe(400)
  })

  it('with an ID token for another nonce signs nobody in', async () => {
    const browser = world.browser()
    const authorizeUrl = new URL(locationOf(await browser.get('/auth/sign-in')))
    authorizeUrl.searchParams.set('nonce', 'another-nonce')
    const back = world.issuer.authorizeAs('alice', authorizeUrl.href)
    expect((await browser.get(back)).status).toBe(400)
    expect(await sessionStatus(browser)).toBe(401)
  })

  it('a second time is over: one answer for each attempt', async () => {
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    const attempt = browser.cookies.get('flowcrm-sign-in')!
    expect((await browser.get(back.href)).status).toBe(302)
    expect(browser.cookies.has('flowcrm-sign-in')).toBe(false)
    browser.cookies.set('flowcrm-sign-in', attempt)
    expect((await browser.get(back.href)).status).toBe(400)
  })

  it('with a bent cookie signs nobody in', async () => {
    const browser = world.browser()
    const back = await awayAndBack(world, browser)
    const attempt = browser.cookies.get('flowcrm-sign-in')!
    browser.cookies.set('flowcrm-sign-in', attempt.slice(0, -2) + 'AA')
    expect((await browser.get(back.href)).status).toBe(400)
  })

  it('after a quarter of an hour is too late', async () => {
    await using other = await startWorld()
    const browser = other.browser()
    const authorizeUrl = locationOf(await browser.get('/auth/sign-in'))
    await other.clock.advance(15 * MINUTE)
    const back = other.issuer.authorizeAs('alice', authorizeUrl)
    expect((await browser.get(back)).status).toBe(400)
  })

  it('of the admin consent page is no sign-in, and the other way round', async () => {
    const browser = await world.signedIn('admin')
    locationOf(await browser.get('/auth/admin-consent'))
    const attempt = browser.cookies.get('flowcrm-sign-in')!
    const back = await awayAndBack(world, browser)
    const state = back.searchParams.get('state')!
    expect((await browser.get(`/auth/admin-consent/callback?state=${state}`)).status).toBe(400)
    browser.cookies.set('flowcrm-sign-in', attempt)
    expect((await browser.get(back.href)).status).toBe(400)
  })
})
