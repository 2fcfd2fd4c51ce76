import { describe, expect, it } from '@jest/globals'
import type { Caller } from '../../../../sandbox/graph/http/route.ts'
import { aMail } from '../support/mail.ts'
import { fill, INBOX } from '../support/rounds.ts'
import { ADA, BOB, startWorld } from '../support/world.ts'

const as = (caller: Partial<Caller>) => ({ caller })
const appOnly = (permissions: string[]): { caller: Caller } => ({
  caller: { appId: 'app', tenantId: 't', permissions },
})

describe('who may see what (graph-contract 4.1, 6.2, 7.2)', () => {
  it('opens to a signed-in user their own mailbox, by id, address or alias, and others only when shared', async () => {
    const world = startWorld()
    for (const user of ['me', `users/${ADA}`, 'users/ADA@flow.test', 'users/countess@flow.test']) {
      expect({ user, ...(await world.get(`/${user}/messages`)) }).toMatchObject({
        user,
        status: 200,
      })
    }
    expect(await world.get(`/users/${BOB}/messages`)).toMatchObject({
      status: 403,
      body: { error: { code: 'ErrorAccessDenied' } },
    })
    const shared = as({ permissions: ['Mail.Read', 'Mail.Read.Shared'] })
    expect(await world.get(`/users/${BOB}/messages`, shared)).toMatchObject({ status: 200 })
    expect(await world.get(`/users/${BOB}/mailboxSettings`, shared)).toMatchObject({ status: 403 })
  })

  it.each(['list', 'one', 'delta'])(
    'hides from Mail.ReadBasic what is inside a mail (%s)',
    async (way) => {
      const world = startWorld()
      const mail = await world.mailboxes.deliver(ADA, { mime: aMail() })
      const basic = as({ permissions: ['Mail.ReadBasic'] })
      const one = await world.get(`/me/messages/${mail.defaultId}?$expand=attachments`, basic)
      const list = await world.get('/me/messages', basic)
      const delta = await world.get(INBOX, basic)
      const line = { list: list.body.value[0], one: one.body, delta: delta.body.value[0] }[way]!
      expect(line).toMatchObject({ subject: 'Hello', hasAttachments: false })
      for (const hidden of ['body', 'bodyPreview', 'uniqueBody', 'attachments'])
        expect(line).not.toHaveProperty(hidden)
      const selected = await world.get(`/me/messages/${mail.defaultId}?$select=body,subject`, basic)
      expect(selected.body).not.toHaveProperty('body')
    },
  )

  it('says why a mailbox does not open', async () => {
    const world = startWorld()
    const app = appOnly(['Mail.Read'])
    world.mailboxes.addMailbox({
      userId: 'guest',
      address: 'guest@x.test',
      displayName: 'Guest',
      state: 'not-enabled',
    })
    world.mailboxes.addMailbox({
      userId: 'sick',
      address: 'sick@x.test',
      displayName: 'Sick',
      state: 'quarantined',
    })
    const answers = [
      ['nobody', 404, 'ResourceNotFound'],
      ['guest', 404, 'MailboxNotEnabledForRESTAPI'],
      ['sick', 500, 'ExtensionError'],
    ] as const
    for (const [user, status, code] of answers) {
      expect(await world.get(`/users/${user}/messages`, app)).toMatchObject({
        status,
        body: { error: { code } },
      })
    }
    expect(await world.get(`/users/${ADA}/messages`, app)).toMatchObject({ status: 200 })
  })

  it('lets anybody with the right see a person, and the person their settings', async () => {
    const world = startWorld()
    expect((await world.get('/me')).body).toMatchObject({
      id: ADA,
      mail: 'ada@flow.test',
      userPrincipalName: 'ada@flow.test',
    })
    expect((await world.get('/me/mailboxSettings')).body).toMatchObject({ timeZone: 'UTC' })
    expect(await world.get('/users/nobody')).toMatchObject({ status: 404 })
  })

  it('names on every route the permissions it takes, save the one whose URL is the permission', async () => {
    const world = startWorld()
    await fill(world, 1)
    const open = world.routes.filter(({ permissions }) => permissions.length === 0)
    expect(open.map(({ pattern, anonymous }) => [pattern, anonymous])).toEqual([
      ['uploadSessions/:session', true],
    ])
    const writes = world.routes.filter(({ method, anonymous }) => method !== 'GET' && !anonymous)
    for (const { permissions } of writes) expect(permissions).not.toContain('Mail.Read')
  })
})
