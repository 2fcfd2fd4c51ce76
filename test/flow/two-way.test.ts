import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { EmailDetail } from '../../models/wire/email-detail.ts'
import type { Mailbox } from '../../models/wire/mailbox.ts'
import type { MailboxRuleSet } from '../../models/wire/rules.ts'
import type { SyncTestEvent } from '../../models/wire/health/sync-test.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const alice = people.alice.mail

let world: Awaited<ReturnType<typeof startWorld>>
let browser: Browserless
let mailbox: Mailbox
beforeAll(async () => {
  world = await startWorld()
  ;({ browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox']))
})
afterAll(() => world[Symbol.asyncDispose]())

let letters = 0
const deliver = async () => {
  const mime = bulkMime(++letters, alice, new Date())
  return (await world.graph.mailboxes.deliver(alice, { mime, folder: 'inbox' })).immutableId
}
/** By its subject: of two that came in the same second either may be the first. */
const lastThere = () =>
  eventually(
    async () => {
      const { emails } = await emailsOf(browser, 10)
      return emails.find(({ subject }) => subject?.endsWith(` ${letters}`))?.id
    },
    (id) => id !== undefined,
  )
const inOutlook = async (id: string) =>
  world.graph.mailboxes.findMessage(people.alice.oid, id, 'immutable')!
const choose = async (direction: 'one-way' | 'two-way') => {
  const path = `/api/v1/mailboxes/${mailbox.id}/rules`
  const { rules, version } = await browser.json<MailboxRuleSet>(path)
  const headers = { 'if-match': `"${version}"` }
  const body = { rules: { ...rules, direction } }
  await browser.json(path, { method: 'PUT', headers, body })
}
const permissions = async () => {
  const response = await browser.call(`/api/v1/mailboxes/${mailbox.id}/test`, { method: 'POST' })
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data:'))
  const events = lines.map((line) => JSON.parse(line.slice(5)) as SyncTestEvent)
  return events.flatMap((event) =>
    event.type === 'step-ended' && event.result.step === 'permissions' ? [event.result.code] : [],
  )
}

describe('both ways', () => {
  it('are asked for only when they are chosen, and nothing is written before', async () => {
    const id = await deliver()
    await eventually(
      () => emailsOf(browser),
      ({ total }) => total === 1,
    )
    const departure = await browser.fetch('/auth/connect')
    expect(departure.headers.get('location')).not.toContain('Mail.ReadWrite')
    expect((await mailboxOf(browser)).writeRefused).toBeUndefined()
    await choose('two-way')
    expect((await mailboxOf(browser)).writeRefused).toMatchObject({ code: '65001' })
    const asking = await browser.fetch('/auth/connect')
    expect(asking.headers.get('location')).toContain('Mail.ReadWrite')
    expect((await inOutlook(id)).categories).toEqual([])
  })

  it('are allowed by their owner once: what comes bears the category in Outlook', async () => {
    await browser.visit('/auth/connect', 'alice')
    expect((await mailboxOf(browser)).writeRefused).toBeUndefined()
    const id = await deliver()
    const { categories } = await eventually(
      () => inOutlook(id),
      (message) => message.categories?.length === 1,
    )
    expect(categories).toEqual(['FlowCRM'])
    expect(await permissions()).toEqual(['as-needed'])
  })

  it('mark a mail as read in Outlook that is read here', async () => {
    const id = await deliver()
    const path = `/api/v1/emails/${await lastThere()}`
    expect((await browser.json<EmailDetail>(path)).readState).toEqual({ isRead: false })
    await browser.json(`${path}/read-state`, { method: 'PUT', body: { isRead: true } })
    expect((await browser.json<EmailDetail>(path)).readState).toEqual({ isRead: true })
    await eventually(
      () => inOutlook(id),
      (message) => message.isRead === true,
    )
  })

  it('are over when one is enough, and Test Sync says what can be taken back', async () => {
    await choose('one-way')
    expect(await permissions()).toEqual(['more-than-needed'])
    const id = await deliver()
    const path = `/api/v1/emails/${await lastThere()}`
    expect((await inOutlook(id)).categories).toEqual([])
    expect((await browser.json<EmailDetail>(path)).readState).toBeNull()
    const body = { isRead: true }
    await expect(browser.json(`${path}/read-state`, { method: 'PUT', body })).rejects.toThrow('400')
  })
})
