import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { people, tenants } from '../../../sandbox/sign-in/directory.ts'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { Browserless } from '../../../sandbox/browserless.ts'
import type { RetentionPreview, WorkspaceEnd } from '../../../models/wire/ending/ending.ts'
import type { Mailbox, MailboxList } from '../../../models/wire/mailbox.ts'
import { aTerminal } from '../cli/a-terminal.ts'
import { identitiesOf } from '../http/matrix/identities.ts'
import { connectAndWatch, emailsOf, eventually, startWorld, watch } from '../../support/world.ts'

type World = Awaited<ReturnType<typeof startWorld>>

const ALICE = people.alice.mail
const CONTOSO = tenants.contoso.id

let world: World
let browser: Browserless
let mailbox: Mailbox
let flowcrm: ReturnType<typeof aTerminal>
beforeAll(async () => {
  world = await startWorld({ environment: { HOUSEKEEPING_SECONDS: '1' } })
  await world.graph.mailboxes.deliver(ALICE, { mime: () => bulkMime(1, ALICE, new Date()) })
  ;({ browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox']))
  await storedOnes(1)
  flowcrm = aTerminal(world.environment)
})
afterAll(() => world[Symbol.asyncDispose]())

const storedOnes = (count: number) =>
  eventually(
    () => emailsOf(browser),
    ({ total }) => total === count,
  )
const list = async () => (await browser.json<MailboxList>('/api/v1/mailboxes')).mailboxes
const adminHeaders = async () => identitiesOf(world).admin()
const asAdmin = async (path: string, init: RequestInit = {}) =>
  fetch(world.serviceUrl + path, {
    ...init,
    headers: { ...(await adminHeaders()), 'content-type': 'application/json' },
  })

describe('DELETE /api/v1/mailboxes/{id}', () => {
  it('disconnects it, and its mail stays with its owner until it is connected again', async () => {
    const path = `/api/v1/mailboxes/${mailbox.id}`
    const disconnected = await browser.json<Mailbox>(path, { method: 'DELETE' })
    expect(disconnected).toMatchObject({
      ...{ status: 'disconnected', folders: [] },
      light: { colour: 'off', sentence: expect.stringMatching(/^Disconnected\./) },
    })
    await eventually(list, ([one]) => Boolean(one?.light.sentence.endsWith(' 2 of 2.')))
    const { emails } = await emailsOf(browser)
    expect(emails[0]?.sightings).toMatchObject([
      { goneAt: expect.any(String), mailboxAddress: ALICE },
    ])
    await expect(browser.json(path, { method: 'DELETE' })).rejects.toThrow('404')

    await browser.visit('/auth/connect', 'alice')
    expect(await list()).toMatchObject([{ id: mailbox.id, status: 'connected' }])
    await watch(browser, mailbox.id, ['Inbox'])
    const seen = await eventually(
      () => emailsOf(browser),
      (page) => page.emails[0]?.sightings[0]?.goneAt === undefined,
    )
    expect(seen).toMatchObject({ total: 1, emails: [{ sightings: [{ via: 'sync' }] }] })
  })

  it('is done from the command line, too, and takes the mail along when told to', async () => {
    expect(await flowcrm('disconnect', ALICE, '--mail', 'both')).toMatchObject({ exit: 2 })
    const { exit, out } = await flowcrm('disconnect', ALICE, '--mail', 'remove')
    expect([exit, out]).toEqual([0, expect.stringMatching(/^Disconnected\./)])
    await storedOnes(0)
  })
})

describe('POST /api/v1/rules/dry-run', () => {
  it('says what keeping mail for so many days would remove', async () => {
    const body = JSON.stringify({ retentionDays: 30 })
    const response = await asAdmin('/api/v1/rules/dry-run', { method: 'POST', body })
    const preview = (await response.json()) as RetentionPreview
    expect(preview).toMatchObject({ retentionDays: 30, emails: 0 })
  })
})

describe('ending a workspace', () => {
  it('is told before it is done, and not done without a word', async () => {
    const response = await asAdmin('/api/v1/workspace/end')
    expect((await response.json()) as WorkspaceEnd).toMatchObject({
      ...{ workspaceId: CONTOSO, state: 'alive' },
      counts: expect.arrayContaining([{ of: 'mailboxes', documents: 1 }]),
    })
    const asked = await flowcrm('end-workspace', '--workspace', CONTOSO)
    expect([asked.exit, asked.out]).toEqual([1, expect.stringMatching(/^Nothing is ended\./)])
    expect((await flowcrm('end-workspace', '--workspace', 'nobodys', '--yes')).exit).toBe(2)
  })

  it('signs everybody out, and says so to whoever comes later', async () => {
    const pane = await identitiesOf(world)['alice’s add-in']()
    const body = JSON.stringify({ workspaceId: CONTOSO })
    const ended = await asAdmin('/api/v1/workspace/end', { method: 'POST', body })
    expect([ended.status, ((await ended.json()) as WorkspaceEnd).state]).toEqual([202, 'stopping'])

    expect((await browser.fetch('/api/v1/session')).status).toBe(401)
    const late = new Browserless(world.serviceUrl, world.microsoft.issuer)
    await expect(late.signIn('alice')).rejects.toThrow(/410.*workspace-ended/s)
    const status = await fetch(`${world.serviceUrl}/api/v1/emails/status`, {
      method: 'POST',
      headers: { ...pane, 'content-type': 'application/json' },
      body: JSON.stringify({ itemId: 'x', mailboxAddress: ALICE }),
    })
    expect([status.status, await status.json()]).toEqual([
      410,
      expect.objectContaining({ code: 'workspace-ended' }),
    ])
    const told = await flowcrm('end-workspace', '--workspace', CONTOSO)
    expect(told.out).toMatch(/^It is ended: nothing is read any more\./)
    await eventually(
      async () => world.graph.subscriptions.all().length,
      (left) => left === 0,
    )
  })
})
