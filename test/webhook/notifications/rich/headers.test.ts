import { createPrivateKey } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../../../models/ledger-entry.ts'
import { mailboxModel } from '../../../../models/mailbox.ts'
import type { LiveEvent } from '../../../../models/wire/email.ts'
import { encryptContent } from '../../../../sandbox/graph/delivery/content/encrypt.ts'
import { Random } from '../../../../sandbox/random.ts'
import { DAY, HOUR } from '../../../../webhook/duration.ts'
import { RichNotifications } from '../../../../webhook/notifications/rich/rich-notifications.ts'
import { NotificationBatch, readBatch } from '../../../../webhook/notifications/schema.ts'
import { aNewMailbox, ALICE } from '../../../support/builders.ts'
import { aCertificate } from '../../../sandbox/graph/subscriptions/a-certificate.ts'
import { anItem, aReceiver } from '../a-receiver.ts'
import { anAuthority } from './an-authority.ts'

const certificateId = 'ours'
const random = new Random(9)
const privateKey = createPrivateKey({
  key: Buffer.from(aCertificate.privateKey, 'base64'),
  format: 'der',
  type: 'pkcs8',
})

/** A receiver that can open what Graph encrypts for it, and whoever has Alice's console open. */
async function aRichReceiver() {
  const box = await aReceiver()
  const authority = await anAuthority()
  const mailbox = await box.mailboxes.connect(aNewMailbox())
  const inbox = await box.aSubscribedFolder('Inbox', { mailboxId: mailbox._id })
  const shown: { userId: string; event: LiveEvent }[] = []
  const rich = new RichNotifications({
    ...box,
    ...{ tokens: authority.tokens, key: { privateKey, certificateId } },
    show: ({ userId }, event) => shown.push({ userId, event }),
  })
  const receiver = box.receiverOn({ rich })
  const header = (over: Record<string, unknown> = {}) => ({
    id: 'message-1',
    parentFolderId: 'Inbox',
    receivedDateTime: box.clock.now().toISOString(),
    internetMessageId: '<one@customer.example>',
    isDraft: false,
    subject: 'Offer',
    from: { emailAddress: { name: 'Carol', address: 'carol@customer.example' } },
    ...over,
  })
  const sealed = (content: object) =>
    encryptContent(content, { certificate: aCertificate.base64, certificateId }, random.bytes(32))
  const richItem = (content: object, over: Record<string, unknown> = {}) =>
    anItem({ encryptedContent: sealed(content), ...over })
  const take = async (items: object[], tokens?: string[]) =>
    receiver.take(
      readBatch(
        NotificationBatch.parse({
          value: items,
          validationTokens: tokens ?? [await authority.token()],
        }),
      )!,
    )
  return {
    ...{ ...box, authority, mailbox, inbox, shown, header, sealed, richItem, take },
    entries: () => ledgerEntryModel(box.db).find().lean(),
    bells: () => box.bellsOf(inbox),
    async [Symbol.asyncDispose]() {
      await authority[Symbol.asyncDispose]()
      await box[Symbol.asyncDispose]()
    },
  }
}

let box: Awaited<ReturnType<typeof aRichReceiver>>
beforeEach(async () => {
  box = await aRichReceiver()
})
afterEach(() => box[Symbol.asyncDispose]())

describe('the header that a notification brings', () => {
  it('is shown to the owner of the mailbox at once, and the folder rings', async () => {
    await box.take([box.richItem(box.header())])
    expect(box.shown).toEqual([
      {
        userId: ALICE,
        event: {
          type: 'email-arriving',
          mailboxId: box.mailbox._id,
          from: { name: 'Carol', address: 'carol@customer.example' },
          subject: 'Offer',
          receivedAt: box.clock.now().toISOString(),
        },
      },
    ])
    expect(await box.bells()).toBe(1)
    expect(await box.entries()).toEqual([])
  })

  it('of a draft is accounted for, and nothing rings', async () => {
    await box.take([box.richItem(box.header({ isDraft: true }))])
    expect(await box.bells()).toBe(0)
    expect(box.shown).toEqual([])
    const [entry, ...others] = await box.entries()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ messageId: 'message-1', state: 'excluded', reason: 'draft' })
    expect(entry?.history.map(({ kind, via }) => [kind, via])).toEqual([
      ['seen', 'notification'],
      ['decided', null],
    ])
    expect(JSON.stringify(entry)).not.toMatch(/carol|Offer|customer/i)
  })

  it('of mail older than the window is accounted for, and nothing rings', async () => {
    await mailboxModel(box.db).updateOne({}, { $set: { 'settings.windowDays': 30 } })
    const startedAt = box.clock.now()
    await box.db.collection('folders').updateOne({}, { $set: { 'backfill.startedAt': startedAt } })
    const received = new Date(startedAt.getTime() - 31 * DAY).toISOString()
    await box.take([box.richItem(box.header({ receivedDateTime: received }))])
    expect(await box.bells()).toBe(0)
    expect(await box.entries()).toMatchObject([{ reason: 'older-than-window' }])
  })

  it('of a draft that the ledger knows rings: the pass finds out what changed', async () => {
    const draft = box.richItem(box.header({ isDraft: true }))
    await box.take([draft])
    const before = await box.entries()
    await box.take([draft])
    expect(await box.bells()).toBe(1)
    expect(await box.entries()).toEqual(before)
  })

  it.each([
    ['a colleague', 'bob@flow.example', { bells: 0, entries: 1 }],
    [
      'its own people, who may have chosen to log it,',
      'Alice@flow.example',
      { bells: 1, entries: 0 },
    ],
  ])('of internal mail by %s: %j', async (_who, address, expected) => {
    const from = { emailAddress: { name: '', address } }
    await box.take([box.richItem(box.header({ from }))])
    const entries = await box.entries()
    expect({ bells: await box.bells(), entries: entries.length }).toEqual(expected)
  })

  it('of a draft that lies elsewhere by now rings', async () => {
    await box.take([box.richItem(box.header({ isDraft: true, parentFolderId: 'Elsewhere' }))])
    expect([await box.bells(), await box.entries()]).toEqual([1, []])
  })

  it('of mail that arrived long ago is not shown as arriving', async () => {
    const received = new Date(box.clock.now().getTime() - HOUR).toISOString()
    await box.take([box.richItem(box.header({ receivedDateTime: received }))])
    await box.take([box.richItem(box.header(), { changeType: 'updated' })])
    expect(box.shown).toEqual([])
    expect(await box.bells()).toBe(2)
  })

  it.each([
    ['is sparse', { id: 'message-1', isRead: true }],
    ['names nothing', {}],
    ['is a list', []],
  ])('that %s rings like any other', async (_what, content) => {
    await box.take([box.richItem(content)])
    expect([await box.bells(), await box.entries(), box.shown]).toEqual([1, [], []])
  })

  it('that cannot be opened rings like any other', async () => {
    const whole = box.sealed(box.header({ isDraft: true }))
    const dataSignature = Buffer.alloc(32).toString('base64')
    await box.take([anItem({ encryptedContent: { ...whole, dataSignature } })])
    expect([await box.bells(), await box.entries()]).toEqual([1, []])
  })
})

describe('a header that may be made up', () => {
  it('in a batch without tokens is not believed, and the bell rings by its own secret', async () => {
    await box.take([box.richItem(box.header({ isDraft: true }))], [])
    expect([await box.bells(), await box.entries(), box.shown]).toEqual([1, [], []])
  })

  it('in a batch with a bad token is not believed, and nothing of it rings', async () => {
    const bad = await box.authority.token({ claims: { aud: ALICE } })
    await box.take([box.richItem(box.header()), anItem()], [await box.authority.token(), bad])
    expect([await box.bells(), await box.entries(), box.shown]).toEqual([0, [], []])
    expect(box.alarms).toEqual([{ subscriptionId: null, reason: 'bad-token', count: 1 }])
  })

  it('without our secret is not even opened', async () => {
    await box.take([box.richItem(box.header({ isDraft: true }), { clientState: 'guess' })])
    expect([await box.bells(), await box.entries(), box.shown]).toEqual([0, [], []])
    expect(box.alarms).toMatchObject([{ reason: 'forged' }])
  })

  it('while the keys of the authority cannot be had is not believed, and rings', async () => {
    box.authority.goes('down')
    await box.take([box.richItem(box.header({ isDraft: true }))])
    expect([await box.bells(), await box.entries(), box.shown]).toEqual([1, [], []])
  })
})
