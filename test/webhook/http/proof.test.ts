import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Problem } from '../../../models/wire/problem.ts'
import { verifyStatement } from '../../../webhook/statement/verify-statement.ts'
import { startWorld, type World } from './support/world.ts'

type SignedIn = Awaited<ReturnType<World['signedIn']>>

let world: World
let admin: SignedIn
let path: string
beforeAll(async () => {
  world = await startWorld()
  world.issuer.grantAdminConsent()
  admin = await world.signedIn('admin')
  const created = await post(admin, '/api/v1/mailboxes', { address: 'sales@contoso.test' })
  path = `/api/v1/mailboxes/${((await created.json()) as { id: string }).id}`
})
afterAll(() => world[Symbol.asyncDispose]())

const post = (browser: SignedIn, to: string, body: unknown, csrfToken = browser.csrfToken) =>
  browser.send('POST', to, {
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
    body: JSON.stringify(body),
  })
const problemOf = async (response: Response) => Problem.parse(await response.json())
const sender = { from: 'carol@b.example', around: '2026-11-20T09:00:00Z' }
const KEYS = '/.well-known/flowcrm-statement-keys.json'

describe('the statement of a mailbox', () => {
  it('is good by the keys that the service shows to everybody', async () => {
    const document: unknown = await (await admin.get(`${path}/statement`)).json()
    const published = await world.browser().get(KEYS)
    expect(published.status).toBe(200)
    expect(published.headers.get('access-control-allow-origin')).toBe('*')
    expect(await verifyStatement(document, await published.json())).toMatchObject({
      isGood: true,
      statement: { mailbox: { address: 'sales@contoso.test' } },
    })
  })

  it('comes with public keys only', async () => {
    const { keys } = (await (await world.browser().get(KEYS)).json()) as { keys: object[] }
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
    ])
  })

  it('is for who may manage the mailbox: for others there is no such mailbox', async () => {
    expect((await world.browser().get(`${path}/statement`)).status).toBe(401)
    const alice = await world.signedIn('alice')
    expect(await problemOf(await alice.get(`${path}/statement`))).toMatchObject({ status: 404 })
  })
})

describe('the question why a message is here or not', () => {
  it.each([
    [{ messageId: 'AAMk=' }, { messageId: 'AAMk=' }],
    [{ emailId: 'e-1' }, { emailId: 'e-1' }],
    [{ internetMessageId: '<a@b.example>' }, { internetMessageId: '<a@b.example>' }],
    [
      { from: 'carol@b.example', around: '2026-11-20T10:00:00+01:00' },
      { from: 'carol@b.example', around: '2026-11-20T10:00:00+01:00', withinMinutes: 60 },
    ],
    [
      { from: 'carol@b.example', around: '2026-11-20T09:00:00Z', withinMinutes: 5 },
      { from: 'carol@b.example', around: '2026-11-20T09:00:00Z', withinMinutes: 5 },
    ],
  ])('is taken as %j', async (question, understood) => {
    const response = await post(admin, `${path}/explain`, question)
    expect(await response.json()).toMatchObject({ answer: 'not-in-mailbox' })
    expect(world.explainToPeople.asked.at(-1)?.question).toEqual(understood)
  })

  const WANTED = 'Give messageId; or emailId; or internetMessageId; or from'
  it.each([
    ['nothing', {}, '', WANTED],
    ['an empty id', { messageId: '' }, 'messageId', 'Too small'],
    ['two ids', { messageId: 'a', internetMessageId: '<a@b.example>' }, 'internetMessageId', 'key'],
    ['a sender without a time', { from: 'carol@b.example' }, 'around', 'expected'],
    ['a time without a zone', { ...sender, around: '2026-11-20T09:00:00' }, 'around', 'ISO'],
    ['a name for a sender', { ...sender, from: 'Carol' }, 'from', 'email'],
    ['a year', { ...sender, withinMinutes: 525_600 }, 'withinMinutes', '1440'],
    ['a time without a sender', { around: '2026-11-20T09:00:00Z' }, 'from', 'expected'],
    ['a Message-ID of nothing', { internetMessageId: '<>' }, 'internetMessageId', 'Too small'],
    ['a query', { messageId: { $gt: '' } }, 'messageId', 'expected string'],
    ['a field besides', { messageId: 'a', mailboxId: 'b' }, 'mailboxId', 'mailboxId'],
    ['a list', [{ messageId: 'a' }], '', WANTED],
  ])(
    'is refused when it is %s, with a word on what is wanted',
    async (_, question, field, word) => {
      const asked = world.explainToPeople.asked.length
      const problem = await problemOf(await post(admin, `${path}/explain`, question))
      expect(problem).toMatchObject({ status: 400, code: 'invalid-request' })
      expect(problem.fields).toEqual([{ path: field, message: expect.stringContaining(word) }])
      expect(world.explainToPeople.asked).toHaveLength(asked)
    },
  )

  it('is never part of an address, where logs would keep it', async () => {
    expect((await admin.get(`${path}/explain?internetMessageId=a@b.example`)).status).toBe(404)
  })

  it('is for who may manage the mailbox, from our own page', async () => {
    const alice = await world.signedIn('alice')
    const question = { messageId: 'AAMk=' }
    expect((await post(alice, `${path}/explain`, question)).status).toBe(404)
    expect((await post(admin, `${path}/explain`, question, 'forged')).status).toBe(403)
    expect((await world.browser().send('POST', `${path}/explain`)).status).toBe(401)
  })
})
