import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Problem } from '../../../models/wire/problem.ts'
import { AppError, ProviderError, StoreUnavailableError } from '../../../webhook/errors.ts'
import { startWorld, type World } from './support/world.ts'
import { paneToken } from './support/tokens.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
})
afterAll(() => world[Symbol.asyncDispose]())

type SignedIn = Awaited<ReturnType<World['signedIn']>>

const change = (browser: SignedIn, method: string, path: string, body: unknown) =>
  browser.send(method, path, {
    headers: { 'content-type': 'application/json', 'x-csrf-token': browser.csrfToken },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const fromPane = async (path: string, body: string, token?: string) =>
  fetch(`${world.serviceUrl}/api/v1/emails/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token ?? (await paneToken(world))}`,
      'content-type': 'application/json',
    },
    body,
  })

const problemOf = async (response: Response) => Problem.parse(await response.json())

describe('the console’s API', () => {
  it.each([
    ['GET', '/api/v1/session'],
    ['GET', '/api/v1/mailboxes'],
    ['POST', '/api/v1/mailboxes'],
    ['GET', '/api/v1/mailboxes/m1/folders'],
    ['PUT', '/api/v1/mailboxes/m1/folders'],
    ['GET', '/api/v1/emails'],
    ['GET', '/api/v1/events'],
    ['GET', '/api/v1/nowhere'],
    ['POST', '/auth/sign-out'],
  ])('%s %s is for who is signed in', async (method, path) => {
    const response = await world.browser().send(method, path)
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await problemOf(response)).toMatchObject({ code: 'not-signed-in', status: 401 })
  })

  it('lets an administrator connect a shared mailbox and choose its folders', async () => {
    const admin = await world.signedIn('admin')
    const created = await change(admin, 'POST', '/api/v1/mailboxes', {
      address: 'sales@contoso.test',
    })
    expect(created.status).toBe(201)
    const mailbox = (await created.json()) as { id: string }
    expect(mailbox).toMatchObject({ address: 'sales@contoso.test', authMode: 'app' })

    const path = `/api/v1/mailboxes/${mailbox.id}/folders`
    expect((await change(admin, 'PUT', path, { watched: ['inbox'] })).status).toBe(200)
    expect(await (await admin.get(path)).json()).toEqual({
      folders: [
        expect.objectContaining({ id: 'inbox', watched: true }),
        expect.objectContaining({ id: 'archive', watched: false }),
      ],
    })
  })

  it('does not let a member do that', async () => {
    const alice = await world.signedIn('alice')
    const response = await change(alice, 'POST', '/api/v1/mailboxes', { address: 'b@contoso.test' })
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('shows somebody else’s mailbox as one that is not there', async () => {
    const admin = await world.signedIn('admin')
    await change(admin, 'POST', '/api/v1/mailboxes', { address: 'sales@contoso.test' })
    const { _id } = world.mailboxes.stored.at(-1)!
    const alice = await world.signedIn('alice')
    const answers = await Promise.all(
      [_id, 'mailbox-that-never-was'].map(async (id) => {
        const { requestId: _, ...problem } = await problemOf(
          await alice.get(`/api/v1/mailboxes/${id}/folders`),
        )
        return problem
      }),
    )
    expect(answers[0]).toMatchObject({ status: 404, code: 'not-found' })
    expect(answers[1]).toEqual(answers[0])
  })

  it('lets no field out that its shape does not name', async () => {
    const admin = await world.signedIn('admin')
    await change(admin, 'POST', '/api/v1/mailboxes', { address: 'sales@contoso.test' })
    expect(await (await admin.get('/api/v1/mailboxes')).text()).not.toContain('secret-account-id')
  })

  it.each([
    ['not JSON', '{"address":', []],
    ['an array', '[]', ['']],
    ['no body', '', ['address']],
    ['no address', '{"address":"sales"}', ['address']],
    ['a query operator', '{"address":{"$gt":""}}', ['address']],
    ['a field that is not its', '{"address":"s@contoso.test","ownerUserId":"x"}', ['']],
    ['a prototype', '{"address":"s@contoso.test","__proto__":{"admin":true}}', ['']],
  ])('refuses %s as a mailbox to connect', async (_, body, paths) => {
    const admin = await world.signedIn('admin')
    const before = world.mailboxes.stored.length
    const problem = await problemOf(await change(admin, 'POST', '/api/v1/mailboxes', body))
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' })
    expect((problem.fields ?? []).map(({ path }) => path)).toEqual(paths)
    expect(world.mailboxes.stored).toHaveLength(before)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('refuses a body of more than 100 KB, and a path that cannot be read', async () => {
    const admin = await world.signedIn('admin')
    const large = { address: 'a'.repeat(200_000) }
    expect(await problemOf(await change(admin, 'POST', '/api/v1/mailboxes', large))).toMatchObject({
      status: 413,
      code: 'too-large',
    })
    expect((await admin.get('/api/v1/mailboxes/%E0%A4%A/folders')).status).toBe(400)
  })
})

describe('the pane’s API', () => {
  const email = (bodyHtml: string) => ({
    internetMessageId: '<1@customer.test>',
    mailboxAddress: 'alice@contoso.test',
    subject: 'Hello',
    from: null,
    to: [],
    cc: [],
    sentAt: null,
    bodyHtml,
  })

  it('says whether the CRM has the open message, and logs it', async () => {
    const key = { itemId: 'AAMk=', mailboxAddress: 'alice@contoso.test' }
    const status = await fromPane('status', JSON.stringify(key))
    expect(await status.json()).toEqual({ state: 'not-logged' })
    const logged = await fromPane('log', JSON.stringify(email('<p>Hi</p>')))
    expect(await logged.json()).toMatchObject({ state: 'stored', emailId: 'e1' })
    expect(world.emails.asked.at(-1)!.request).toEqual(email('<p>Hi</p>'))
  })

  it('takes the longest body there can be, in three bytes a character', async () => {
    expect((await fromPane('log', JSON.stringify(email('語'.repeat(1_000_000))))).status).toBe(200)
  })

  it('refuses a longer one by its field, and what is larger by far unread', async () => {
    const long = await fromPane('log', JSON.stringify(email('x'.repeat(1_000_001))))
    expect(await problemOf(long)).toMatchObject({
      status: 400,
      fields: [{ path: 'bodyHtml', message: expect.any(String) }],
    })
    const huge = await fromPane('log', JSON.stringify(email('x'.repeat(4_100_000))))
    expect(await problemOf(huge)).toMatchObject({ status: 413, code: 'too-large' })
  })

  it('reads no body of a caller it does not know', async () => {
    const huge = JSON.stringify(email('x'.repeat(4_100_000)))
    expect((await fromPane('log', huge, 'a.b.c')).status).toBe(401)
  })

  it('needs one of the two ids of the message', async () => {
    const response = await fromPane('status', '{"mailboxAddress":"alice@contoso.test"}')
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'invalid-request' })
  })
})

describe('a failure', () => {
  const failing = async (failure: Error) => {
    const browser = await world.signedIn('alice')
    world.mailboxes.mishap = () => {
      throw failure
    }
    return browser.get('/api/v1/mailboxes')
  }

  it('of ours tells nothing but its request id, which the log has too', async () => {
    const response = await failing(new Error('alice@contoso.test: secret subject'))
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ status: 500, code: 'internal' })
    expect(JSON.stringify(problem)).not.toContain('secret subject')
    expect(response.headers.get('x-request-id')).toBe(problem.requestId)
    const line = world.logged.find(
      (each) => each.includes('"level":50') && each.includes(problem.requestId!),
    )!
    expect(JSON.parse(line)).toMatchObject({ msg: 'internal', err: { type: 'Error' } })
  })

  class UnheardOfError extends AppError {
    readonly code = 'unheard-of'
    readonly retry = 'never'
  }

  const provider = (code: ProviderError['code'], retryAfterMs?: number) =>
    new ProviderError(code, 'later', 'Said to people.', retryAfterMs ? { retryAfterMs } : {})

  it.each([
    [provider('reconnect-needed'), 409, 'mailbox-reconnect', null],
    [provider('admin-consent-needed'), 403, 'admin-consent-needed', null],
    [provider('access-denied'), 403, 'mailbox-access-denied', null],
    [provider('item-not-found'), 404, 'not-found', null],
    [provider('conflict'), 409, 'conflict', null],
    [provider('provider-unavailable'), 503, 'provider-unavailable', '5'],
    [provider('throttled', 12_400), 503, 'provider-unavailable', '13'],
    [provider('unexpected-answer'), 503, 'provider-unavailable', '5'],
    [new StoreUnavailableError('Down.'), 503, 'store-unavailable', '5'],
    [new UnheardOfError('Between us.'), 500, 'internal', null],
    [new RangeError('Ours.'), 500, 'internal', null],
  ])('%s is %i %s', async (failure, status, code, retryAfter) => {
    const response = await failing(failure)
    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBe(retryAfter)
    expect(await problemOf(response)).toMatchObject({ code, status })
  })
})

describe('a database that is gone', () => {
  it('is a 503 for who asks, and for who watches over the service', async () => {
    await using other = await startWorld()
    const browser = await other.signedIn('alice')
    expect((await browser.get('/readyz')).status).toBe(200)
    await other.db.close()

    const response = await browser.get('/api/v1/session')
    expect(await problemOf(response)).toMatchObject({ status: 503, code: 'store-unavailable' })
    expect(response.headers.get('retry-after')).toBe('5')
    expect((await browser.get('/readyz')).status).toBe(503)
    expect((await browser.get('/healthz')).status).toBe(200)
  })
})

describe('the log', () => {
  it('has a line for each request, without its query, its address or who asked', async () => {
    const alice = await world.signedIn('alice')
    await alice.get('/api/v1/emails?mailbox=alice@contoso.test')
    await alice.get('/somebody/alice@contoso.test')
    await alice.get('/api/v1/mailboxes/Bob@contoso.test/folders')
    const lines = world.logged.map((line) => JSON.parse(line) as Record<string, unknown>)
    for (const [route, status] of [
      ['/api/v1/emails', 200],
      ['', 404],
      ['/api/v1/mailboxes/:id/folders', 404],
    ])
      expect(lines).toContainEqual(expect.objectContaining({ method: 'GET', route, status }))
    const everything = world.logged.join('')
    const secrets = [...alice.cookies.values(), alice.csrfToken]
    for (const secret of ['contoso.test', 'Alice', 'code=', 'state=', ...secrets])
      expect([secret, everything.includes(secret)]).toEqual([secret, false])
  })
})
