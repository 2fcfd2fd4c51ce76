import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { people, type PersonKey } from '../../../sandbox/sign-in/directory.ts'
import { locationOf, type Browser } from '../http/support/browser.ts'
import { sessionStatus, signInWith, startWorld, type World } from '../http/support/world.ts'
import { redirects } from './redirects.ts'
import { answerTo, ATTEMPT, depart, departIn, SESSION, swaps } from './swaps.ts'

/** A release swaps a thousand times; here each once. */
const SWAPS = Number(process.env['SWAPS'] ?? Object.keys(swaps).length)
const PEOPLE: PersonKey[] = ['alice', 'bob', 'admin']

let world: World
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
})
afterAll(() => world[Symbol.asyncDispose]())

const sessionsKept = () => world.db.db!.collection('sessions').countDocuments()
const userOf = async (browser: Browser) =>
  ((await (await browser.get('/api/v1/session')).json()) as { user: { id: string } }).user.id

describe('a way back from the authority (reliability E6)', () => {
  it('signs nobody in when anything of it was swapped, replayed or left out', async () => {
    const random = new Random(SWAPS)
    const names = Object.keys(swaps)
    const before = await sessionsKept()
    const successes: string[] = []
    for (let n = 0; n < SWAPS; n++) {
      const name = names[n % names.length]!
      const mine = await depart(world, random.pick(PEOPLE))
      const theirs = await depart(world, random.pick(PEOPLE))
      const told = await swaps[name]!({ world, random, mine, theirs })
      const isOut = [400, 403].includes(told.status) && !mine.browser.cookies.has(SESSION)
      if (!isOut) successes.push(`${n}: ${name} ended in ${told.status}`)
    }
    expect(successes).toEqual([])
    expect(await sessionsKept()).toBe(before)
  }, 120_000)

  it('signs in who began it, and nobody else, when it is left as it was', async () => {
    for (const person of PEOPLE) {
      const [mine, theirs] = [await depart(world, person), await depart(world, 'bob')]
      answerTo(world, theirs)
      locationOf(await mine.browser.get(answerTo(world, mine).href))
      expect(await userOf(mine.browser)).toBe(people[person].oid)
      expect(await sessionStatus(theirs.browser)).toBe(401)
    }
  })

  it('gives a new session each time, and the ones before are worth nothing', async () => {
    const browser = world.browser()
    const seen: string[] = []
    for (let n = 0; n < 12; n++) {
      await signInWith(browser, world.issuer, PEOPLE[n % PEOPLE.length]!)
      seen.push(browser.cookies.get(SESSION)!)
    }
    expect(new Set(seen).size).toBe(seen.length)
    const statuses = seen.map((session) => {
      const old = world.browser()
      old.cookies.set(SESSION, session)
      return sessionStatus(old)
    })
    expect(await Promise.all(statuses)).toEqual([...seen.slice(1).map(() => 401), 200])
  })

  it('connects no mailbox in the session of somebody else', async () => {
    const [alice, bob] = [await world.signedIn('alice'), await world.signedIn('bob')]
    const connecting = world.mailboxes.connecting.length
    const begun = await departIn(bob, 'bob', '/auth/connect')
    const back = answerTo(world, begun)
    alice.cookies.set(ATTEMPT, bob.cookies.get(ATTEMPT)!)
    expect((await alice.get(back.href)).status).toBe(403)
    const own = await departIn(alice, 'bob', '/auth/connect')
    expect((await alice.get(answerTo(world, own).href)).status).toBe(403)
    const gone = await departIn(bob, 'bob', '/auth/connect')
    bob.cookies.delete(SESSION)
    expect((await bob.get(answerTo(world, gone).href)).status).toBe(403)
    expect(world.mailboxes.connecting).toHaveLength(connecting)
  })
})

describe('a sign-in that is asked to come back elsewhere', () => {
  it('lands on this site', async () => {
    const wanted = new Random(9).shuffle(redirects).slice(0, Math.max(24, SWAPS / 2))
    const left: [string, string][] = []
    for (const [n, returnTo] of wanted.entries()) {
      const trip = await depart(
        world,
        'alice',
        `/auth/sign-in?${queries[n % queries.length]!(returnTo)}`,
      )
      const landed = locationOf(await trip.browser.get(answerTo(world, trip).href))
      const { origin, pathname } = new URL(landed, world.serviceUrl)
      if (origin !== world.serviceUrl || pathname.startsWith('//')) left.push([returnTo, landed])
    }
    expect(left).toEqual([])
  }, 120_000)

  it.each([
    'x-forwarded-host',
    'x-original-url',
    'x-rewrite-url',
    'referer',
    'forwarded',
    'origin',
  ])('goes to the authority, and back to us, whatever %s says', async (header) => {
    const headers = { [header]: 'https://evil.example/auth/callback' }
    const away = new URL(locationOf(await world.browser().get('/auth/sign-in', headers)))
    expect(away.origin).toBe(world.issuerUrl)
    expect(away.searchParams.get('redirect_uri')).toBe(`${world.serviceUrl}/auth/callback`)
  })
})

const queries = [
  (to: string) => `returnTo=${encodeURIComponent(to)}`,
  (to: string) => `returnTo=${encodeURIComponent(encodeURIComponent(to))}`,
  (to: string) => `returnTo=/&returnTo=${encodeURIComponent(to)}`,
  (to: string) => `returnTo[]=${encodeURIComponent(to)}&returnTo[path]=${encodeURIComponent(to)}`,
  (to: string) =>
    `returnTo=${encodeURIComponent(`/auth/sign-in?returnTo=${encodeURIComponent(to)}`)}`,
  (to: string) =>
    `returnTo=/mailboxes&return_to=${encodeURIComponent(to)}&next=${encodeURIComponent(to)}`,
]
