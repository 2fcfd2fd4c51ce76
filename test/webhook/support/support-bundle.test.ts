import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { folderModel } from '../../../models/folder.ts'
import { mailboxModel } from '../../../models/mailbox.ts'
import { SupportBundle } from '../../../models/wire/health/support-bundle.ts'
import type { Browserless } from '../../../sandbox/browserless.ts'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { Canaries, foundIn } from '../../support/canaries.ts'
import { connectAndWatch, emailsOf, eventually, startWorld } from '../../support/world.ts'
import { test } from '../test-sync/asked-over-http.ts'

const ALICE = people.alice

let world: Awaited<ReturnType<typeof startWorld>>
let alice: Browserless
let id: string
const canaries = new Canaries()

/** A mail whose every field would be known again, in a folder whose name would. */
const mail = () =>
  [
    `From: "${canaries.word('sender')}" <${canaries.address('from')}>`,
    `To: <${ALICE.mail}>, <${canaries.address('to')}>`,
    `Subject: ${canaries.word('subject')}`,
    `Message-ID: <${canaries.address('message-id')}>`,
    ...['Date: Fri, 20 Nov 2026 09:00:00 +0000', 'MIME-Version: 1.0', ''],
    canaries.word('body'),
  ].join('\r\n')

beforeAll(async () => {
  world = await startWorld({ environment: { METRICS_TOKEN: canaries.word('metrics-token') } })
  for (let index = 0; index < 3; index++)
    await world.graph.mailboxes.deliver(ALICE.mail, { mime: Buffer.from(mail()) })
  const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox', 'Sent Items'])
  alice = browser
  id = mailbox.id
  await eventually(
    () => emailsOf(alice),
    ({ total }) => total === 3,
  )
  await test(alice, id)
  const { db, folders } = world.service.context
  for (const folder of await folders.watchedOf(id))
    await folders.rename(folder, canaries.text('folder'))
  // Other people's words in places for codes, and a name in the place for who paused it.
  await folderModel(db).updateMany({}, { lastErrorCode: canaries.text('error') })
  const code = canaries.text('provider-code')
  await mailboxModel(db).updateOne(
    { _id: id },
    { trouble: { action: 'admin', code, since: new Date() } },
  )
  await world.service.context.mailboxes.pause(id, { at: new Date(), byName: canaries.text('name') })
})
afterAll(() => world[Symbol.asyncDispose]())

const bundleText = async () => {
  const response = await alice.fetch(`/api/v1/mailboxes/${id}/support-bundle`)
  return response.text()
}

describe('the support bundle', () => {
  it('has what support needs', async () => {
    const bundle = SupportBundle.parse(JSON.parse(await bundleText()))
    expect(bundle).toMatchObject({
      format: 'flowcrm-support-bundle/1',
      service: { version: expect.any(String), instances: [{}] },
      mailbox: { id, status: 'connected', trouble: { action: 'admin', code: 'not-a-code' } },
      lastTest: { steps: { length: 7 } },
    })
    const counted = bundle.folders.map(({ byState }) => byState['stored']).sort()
    expect(counted).toEqual([0, 3])
    expect(bundle.subscriptions).toHaveLength(2)
    expect(bundle.folders.every(({ cursor }) => cursor.isThere)).toBe(true)
    expect(bundle.configuration.set).toContain('secrets.metricsToken')
  })

  it('has nothing personal: no canary, no address, no id of a person, no value of a setting', async () => {
    const text = await bundleText()
    const { TENANT = '', ...environment } = world.environment
    const values = ['MONGODB_URL', 'ROOT_KEY', 'CLIENT_SECRET', 'GRAPH_URL', 'CLIENT_ID'].flatMap(
      (name) => environment[name] ?? [],
    )
    expect(values.length).toBeGreaterThan(3)
    const forbidden = [...canaries.planted, ALICE.mail, ALICE.oid, people.bob.mail, ...values]
    expect(foundIn(text, forbidden)).toEqual([])
    expect(TENANT === '' ? [] : foundIn(text, [people.alice.tenantId])).toEqual([])
    expect(text).not.toMatch(/@/)
  })

  it('would be caught with a canary in it', async () => {
    const leaking = `${await bundleText()}${canaries.planted[0]}`
    expect(foundIn(leaking, canaries.planted)).toEqual([canaries.planted[0]])
  })

  it('is written into the audit log before it goes out', async () => {
    await bundleText()
    const { entries } = await world.service.context.auditDesk.page(
      ALICE.tenantId,
      { action: 'support-bundle-made' },
      { limit: 1, before: null },
    )
    expect(entries[0]).toMatchObject({ object: { kind: 'mailbox', id } })
  })

  it('counts by reason what is not stored', async () => {
    const mime = Buffer.from(
      `From: <${people.bob.mail}>\r\nTo: <${ALICE.mail}>\r\nSubject: Lunch\r\nMessage-ID: <lunch@x>\r\n\r\nNoon?`,
    )
    await world.service.context.mailboxes.pause(id, null)
    await world.graph.mailboxes.deliver(ALICE.mail, { mime })
    const bundle = await eventually(
      async () => SupportBundle.parse(JSON.parse(await bundleText())),
      ({ folders }) => folders.some(({ byState }) => byState['excluded'] === 1),
    )
    expect(bundle.folders.map(({ byReason }) => byReason)).toContainEqual({ 'internal-only': 1 })
  })
})
