import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** Narrowed by nothing. */
const all = {
  ...{ mailbox: null, provider: null, contact: null, state: null, from: null, until: null },
}

describe('a page of e-mails', () => {
  it('is asked for as the query says', async () => {
    const alice = await world.signedIn('alice')
    await alice.get('/api/v1/emails')
    const asked = () => world.emails.asked.at(-1)!.request
    expect(asked()).toEqual({ limit: 50, cursor: null, ...all })
    await alice.get('/api/v1/emails?limit=7&cursor=abc&mailbox=m1&contact=c1&state=unread')
    const narrowed = { ...all, mailbox: 'm1', contact: 'c1', state: 'unread' }
    expect(asked()).toEqual({ limit: 7, cursor: 'abc', ...narrowed })
    await alice.get('/api/v1/emails?provider=outlook')
    expect(asked()).toEqual({ limit: 50, cursor: null, ...all, provider: 'outlook' })
    await alice.get('/api/v1/emails?from=2026-11-20T00:00:00Z&until=2026-11-21T00:00:00%2B01:00')
    expect(asked()).toMatchObject({
      ...{ from: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00+01:00' },
    })
  })

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=many', 'limit'],
    ['?limit=1&limit=2', 'limit'],
    ['?cursor=', 'cursor'],
    ['?cursor=a&cursor=b', 'cursor'],
    [`?mailbox=${'m'.repeat(65)}`, 'mailbox'],
    ['?provider=post', 'provider'],
    ['?provider=', 'provider'],
    ['?provider=outlook&provider=outlook', 'provider'],
    ['?contact=', 'contact'],
    ['?state=lost', 'state'],
    ['?from=yesterday', 'from'],
    ['?until=2026-11-21', 'until'],
  ])('refuses the query %s and names its field', async (query, path) => {
    const alice = await world.signedIn('alice')
    const response = await alice.get(`/api/v1/emails${query}`)
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      fields: [{ path, message: expect.any(String) }],
    })
  })

  it('reads brackets in a query as letters: no parameter is ever an object', async () => {
    const alice = await world.signedIn('alice')
    expect((await alice.get('/api/v1/emails?mailbox[$ne]=x')).status).toBe(200)
    expect(world.emails.asked.at(-1)!.request).toMatchObject({ mailbox: null })
  })
})
