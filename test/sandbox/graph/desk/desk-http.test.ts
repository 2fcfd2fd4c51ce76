import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { deskState } from '../../../../sandbox/graph/desk/desk-state.ts'
import { DESK_ACTS } from '../../../../sandbox/graph/desk/fault-table.ts'
import { FORM_GROUPS } from '../../../../sandbox/graph/desk/page/forms.ts'
import { ALICE, aTwin } from '../a-twin.ts'

type State = ReturnType<typeof deskState>

describe('the fault desk over HTTP', () => {
  let world: ReturnType<typeof aTwin>
  let url: string
  beforeEach(async () => {
    world = aTwin()
    url = await world.twin.listen()
  })
  afterEach(() => world.twin[Symbol.asyncDispose]())

  const ask = async (fault: string, body: unknown = {}, headers: Record<string, string> = {}) => {
    const reply = await fetch(`${url}/desk/api/${fault}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return {
      status: reply.status,
      ...((await reply.json()) as { done?: string; problem?: string }),
    }
  }
  const state = async () => (await (await fetch(`${url}/desk/api/state`)).json()) as State

  it('delivers a mail', async () => {
    expect(await ask('deliver', { mailbox: ALICE })).toEqual({
      status: 200,
      done: `A mail is in the mailbox of ${ALICE}.`,
    })
    expect(world.twin.mailboxes.open(ALICE).items.size).toBe(1)
  })

  it.each([
    ['deliver', { mailbox: ALICE, count: '3' }, '3 mails'],
    ['drop', { next: 3 }, 'The next 3 notifications will be lost.'],
    ['drop', { rate: 0.25 }, '25 % of notifications will be lost.'],
    ['duplicate', { next: 1 }, 'come twice'],
    ['reorder', { next: 2 }, 'another order'],
    ['delay', { ms: 0 }, 'usual time'],
    ['silence', { seconds: 5 }, 'never be told'],
    ['burst', { seconds: 5 }, 'together'],
    ['lifecycle', { event: 'missed' }, '0 subscriptions'],
    ['throttle', { mailbox: ALICE, seconds: 5 }, '429'],
    ['slow-down', { ms: 100 }, '100 ms'],
    ['fail-requests', { status: '503', count: 2 }, 'fail with 503'],
    ['damage-replies', { damage: 'reset', count: 1 }, 'damaged'],
    ['kill-delta-token', { mailbox: ALICE }, 'forgotten'],
    ['expire-token', { user: ALICE }, 'expired'],
    ['challenge-token', { user: ALICE }, 'claims challenge'],
    ['revoke-consent', { user: ALICE }, 'revoked'],
    ['grant-consent', { user: ALICE }, 'given again'],
    ['clear', {}, 'off'],
  ])('does %s with %j', async (fault, body, words) => {
    const { status, done } = await ask(fault, body)
    expect(status).toBe(200)
    expect(done).toContain(words)
  })

  it.each([
    ['move', { mailbox: ALICE, to: 'archive' }, 'moved to archive'],
    ['bulk-move', { mailbox: ALICE, count: 2, to: 'archive' }, '2 mails'],
    ['delete', { mailbox: ALICE }, 'Deleted Items'],
  ])('does %s with mail there', async (fault, body, words) => {
    await ask('deliver', { mailbox: ALICE, count: 3 })
    expect((await ask(fault, body)).done).toContain(words)
  })

  it('restores what was deleted', async () => {
    await ask('deliver', { mailbox: ALICE })
    await ask('delete', { mailbox: ALICE })
    expect((await ask('restore', { mailbox: ALICE })).done).toBe('The mail deleted last is back.')
  })

  it.each([
    ['an unknown fault', 'explode', {}, 404],
    ['a mailbox nobody has', 'deliver', { mailbox: 'nobody' }, 404],
    ['an empty folder', 'delete', { mailbox: ALICE }, 409],
    ['a number that is none', 'silence', { seconds: 'soon' }, 400],
    ['a missing field', 'throttle', { mailbox: ALICE }, 400],
    ['a share above one', 'drop', { rate: 2 }, 400],
    ['no JSON', 'drop', '{', 400],
  ])('says what is wrong with %s', async (_what, fault, body, status) => {
    const reply = await ask(fault, body)
    expect(reply.status).toBe(status)
    expect(reply.problem).toBeTruthy()
  })

  it.each(['http://evil.example', 'null', 'http://localhost:1'])(
    'refuses a POST from the origin %s',
    async (origin) => {
      expect((await ask('deliver', { mailbox: ALICE }, { origin })).status).toBe(403)
      expect(world.twin.mailboxes.open(ALICE).items.size).toBe(0)
    },
  )

  it('lets its own page in', async () => {
    expect((await ask('deliver', { mailbox: ALICE }, { origin: url })).status).toBe(200)
  })

  it('refuses a host name that is not this computer, as after DNS rebinding', async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(url)
      request(
        {
          host: 'localhost',
          port,
          path: '/desk/api/state',
          headers: { host: `evil.example:${port}` },
        },
        (reply) => resolve(reply.resume().statusCode),
      )
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it('shows mailboxes, faults, subscriptions, requests and notifications, and no secret', async () => {
    await world.subscribe({ clientState: 'top-secret' })
    await ask('drop', { next: 1 })
    await ask('throttle', { mailbox: ALICE, seconds: 60 })
    await world.deliver('lost')
    await world.deliver('told')
    await world.clock.advance(180_000, () => world.twin.idle())
    await ask('fail-requests', { status: 503, count: 2, path: 'delta' })
    await ask('revoke-consent', { user: ALICE })
    const shown = await state()
    expect(shown).toMatchObject({
      mailboxes: [{ address: 'alice@flow.example' }, { address: 'bob@flow.example' }],
      active: [
        'the next 2 requests with "delta" fail with 503',
        'consent of alice@flow.example is revoked',
      ],
      subscriptions: [
        { mailbox: 'alice@flow.example', isPaused: true, changeType: 'created,updated,deleted' },
      ],
      losses: 1,
    })
    expect(shown.requests[0]).toMatchObject({
      method: 'POST',
      path: '/subscriptions',
      status: 201,
      caller: 'alice@flow.example',
    })
    expect(shown.notifications.map(({ items }) => items.join()).sort()).toEqual([
      'created',
      'missed',
    ])
    expect(JSON.stringify(shown)).not.toContain('top-secret')
  })

  it('offers on its page only what it can do', async () => {
    const page = await fetch(`${url}/desk`)
    const html = await page.text()
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(html).not.toMatch(/<script(?![^>]* src=)|style=|onclick=/)
    const offered = FORM_GROUPS.flatMap(({ forms }) => forms.map(({ fault }) => fault))
    expect(Object.keys(DESK_ACTS)).toEqual(expect.arrayContaining(offered))
    expect(new Set([...offered, 'clear'])).toEqual(new Set(Object.keys(DESK_ACTS)))
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const path of ['desk.css', 'desk.js'])
      expect((await fetch(`${url}/desk/${path}`)).status).toBe(200)
  })
})
