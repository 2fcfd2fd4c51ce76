import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { syncTestModel } from '../../../models/health/sync-test.ts'
import { folderModel } from '../../../models/folder.ts'
import { syncTestSteps } from '../../../models/wire/health/sync-test.ts'
import type { MailboxHealth } from '../../../models/wire/health/mailbox-health.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'
import { bulkMime } from '../../../sandbox/seed/bulk.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { TestRunningError } from '../../../webhook/test-sync/test-sync.ts'
import {
  connectAndWatch,
  emailsOf,
  eventually,
  mailboxOf,
  startWorld,
} from '../../support/world.ts'
import { aTerminal } from '../cli/a-terminal.ts'
import { askForTest, eventsIn, test } from './asked-over-http.ts'

const ALICE = people.alice.mail

let world: Awaited<ReturnType<typeof startWorld>>
let alice: Browserless
let id: string

const isGreen = () =>
  eventually(
    () => mailboxOf(alice),
    ({ light }) => light.colour === 'green',
  )

beforeAll(async () => {
  world = await startWorld()
  for (let index = 0; index < 3; index++)
    await world.graph.mailboxes.deliver(ALICE, { mime: bulkMime(index, ALICE, new Date()) })
  const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox', 'Sent Items'])
  alice = browser
  id = mailbox.id
  await isGreen()
})
afterEach(() => {
  world.graph.desk.clear()
  world.graph.knobs.subscriptions.handshakeTimeoutMs = 10_000
})
afterAll(() => world[Symbol.asyncDispose]())

const testDoc = () => syncTestModel(world.service.context.db).findOne({ mailboxId: id }).lean()
const ofMailbox = () => world.graph.subscriptions.all().length

describe('Test Sync of a mailbox that is well', () => {
  it('tries every step in its order, and finds each fine', async () => {
    const { events, result } = await test(alice, id)
    expect(result.steps.map(({ step, status, code }) => [step, status, code])).toEqual([
      ['credential', 'ok', 'accepted'],
      ['permissions', 'ok', 'as-needed'],
      ['subscription', 'ok', 'alive'],
      ['notification', 'ok', 'reached'],
      ['delta', 'ok', 'answered'],
      ['store', 'ok', 'kept'],
      ['reconcile', 'ok', 'equal'],
    ])
    expect(result.status).toBe('ok')
    expect(events.map(({ type }) => type)).toEqual([
      ...syncTestSteps.flatMap(() => ['step-began', 'step-ended']),
      'finished',
    ])
  })

  it('leaves nothing behind: no subscription, no cursor moved, no mail stored twice', async () => {
    const cursors = () =>
      folderModel(world.service.context.db).find({ mailboxId: id }).select({ cursor: 1 }).lean()
    const before = [ofMailbox(), await cursors(), (await emailsOf(alice)).total]
    await test(alice, id)
    expect([ofMailbox(), await cursors(), (await emailsOf(alice)).total]).toEqual(before)
    expect(ofMailbox()).toBe(2) // one for each folder
  })

  it('says when Microsoft 365 last announced a mail', async () => {
    const { total } = await emailsOf(alice)
    await world.graph.mailboxes.deliver(ALICE, { mime: bulkMime(100, ALICE, new Date()) })
    await eventually(
      () => emailsOf(alice),
      (page) => page.total === total + 1,
    )
    const { step } = await test(alice, id)
    expect(step('notification')?.sentence).toMatch(/It last announced a mail .* ago/)
    const health = await alice.json<MailboxHealth>(`/api/v1/mailboxes/${id}/health`)
    expect(health.lastAnnouncedAt).not.toBeNull()
    expect(health.requests?.used).toBeGreaterThan(10)
    expect(health.requests?.most).toBeGreaterThan(health.requests?.used ?? 0)
    expect(health.lag).toMatchObject({ messages: 1, provider: { p50Ms: expect.any(Number) } })
  })

  it('is kept, with its probe sealed, and written into the audit log', async () => {
    const { result } = await test(alice, id)
    const health = await alice.json<MailboxHealth>(`/api/v1/mailboxes/${id}/health`)
    expect(health.lastTest).toEqual(result)
    expect((await testDoc())?.sealed?.fields.probe).toBeInstanceOf(Uint8Array)
    const { auditDesk } = world.service.context
    const { entries } = await auditDesk.page(
      people.alice.tenantId,
      { action: 'mailbox-tested' },
      { limit: 1, before: null },
    )
    expect(entries[0]).toMatchObject({ object: { kind: 'mailbox', id }, who: { role: 'member' } })
  })

  it('is made on the command line too', async () => {
    const flowcrm = aTerminal(world.environment)
    const { exit, out, err } = await flowcrm('test-sync', ALICE)
    expect(out).toMatch(/ok +credential[^]*ok +reconcile[^]*Everything works\./)
    expect(err).toContain('credential …')
    expect(exit).toBe(0)
    const { out: json } = await flowcrm('test-sync', ALICE, '--json')
    expect(JSON.parse(json)).toMatchObject({ status: 'ok', steps: { length: 7 } })
  })
})

describe('only one Test Sync of a mailbox', () => {
  it('runs at a time: another is refused, and may begin when the first has ended', async () => {
    const { testSync, mailboxes } = world.service.context
    const mailbox = (await mailboxes.find(id))!
    const person = {
      ...{ workspaceId: mailbox.workspaceId, userId: mailbox.ownerUserId },
      ...{ displayName: 'Alice', roles: [] },
    }
    const { signal } = new AbortController()
    const first = testSync.run(person, mailbox, signal)
    await first.next()
    const refused = await askForTest(alice, id)
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'test-running' })
    await expect(testSync.run(person, mailbox, signal).next()).rejects.toThrow(TestRunningError)
    await first.return()
    expect((await test(alice, id)).result.status).toBe('ok')
  })

  it('and whoever goes away ends it, and what the last whole one found stays', async () => {
    const { result } = await test(alice, id)
    const response = await askForTest(alice, id)
    const reader = response.body!.getReader()
    await reader.read()
    await reader.cancel()
    await eventually(testDoc, (doc) => doc?.runId === null)
    expect((await testDoc())?.result).toEqual(result)
  })
})

describe('Test Sync tells whose fault it is', () => {
  it('a subscription that Microsoft 365 lost: it says so, and has it made anew', async () => {
    const lost = world.graph.subscriptions.all()[0]!
    world.graph.subscriptions.remove(lost.id)
    const { step } = await test(alice, id)
    expect(step('subscription')).toMatchObject({
      ...{ status: 'warning', code: 'subscription-missing', fault: 'provider' },
    })
    await eventually(
      () => test(alice, id),
      (again) => again.step('subscription')?.status === 'ok',
    )
  })

  it('an address that Microsoft 365 cannot reach is the service’s', async () => {
    world.graph.knobs.subscriptions.handshakeTimeoutMs = 0
    const { step, result } = await test(alice, id)
    expect(step('notification')).toMatchObject({
      ...{ status: 'failed', code: 'not-reached', fault: 'service' },
    })
    expect(result.status).toBe('failed')
    expect(step('reconcile')?.status).toBe('ok')
  })

  it('an outage is Microsoft 365’s, at the step that meets it', async () => {
    world.graph.desk.failRequests(503, 50, { path: '/delta' })
    const { step } = await test(alice, id)
    expect(step('delta')).toMatchObject({ status: 'failed', fault: 'provider' })
  })

  it('an expired cursor is no loss', async () => {
    world.graph.desk.failRequests(410, 1, { path: '/delta' })
    const { step } = await test(alice, id)
    expect(step('delta')).toMatchObject({ status: 'warning', code: 'cursor-expired' })
  })

  it('a pause is the person’s own', async () => {
    await alice.json(`/api/v1/mailboxes/${id}/pause`, { method: 'POST' })
    const { step } = await test(alice, id)
    expect(step('delta')).toMatchObject({ status: 'warning', code: 'paused', fault: 'person' })
    await alice.json(`/api/v1/mailboxes/${id}/resume`, { method: 'POST' })
    await isGreen()
  })

  it('folders that are asked at fixed times want no notifications', async () => {
    const settings = (pollEveryMinutes: number | null) =>
      alice.json(`/api/v1/mailboxes/${id}/settings`, {
        ...{ method: 'PATCH', body: { pollEveryMinutes } },
      })
    await settings(5)
    const { step } = await test(alice, id)
    expect(step('subscription')).toMatchObject({ status: 'skipped', code: 'polled' })
    expect(step('notification')).toMatchObject({ status: 'skipped', code: 'polled' })
    await settings(null)
    await eventually(
      async () => ofMailbox(),
      (count) => count === 2,
    )
  })

  it('a credential that was taken back is the person’s, and the rest is not tried', async () => {
    world.graph.desk.revokeConsent(ALICE)
    const { result, step } = await test(alice, id)
    expect(step('credential')).toMatchObject({ status: 'failed', fault: 'person' })
    expect(result.steps.filter(({ status }) => status === 'skipped')).toHaveLength(5)
    expect(step('store')?.status).toBe('ok')
  })
})

describe('the events of a test', () => {
  it('are read as they are written', () => {
    expect(eventsIn('event: step-began\ndata: {"type":"step-began","step":"store"}\n\n')).toEqual([
      { type: 'step-began', step: 'store' },
    ])
  })
})
