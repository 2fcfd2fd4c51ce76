import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { newDraft } from '../../../sandbox/graph/mail/message/message-write.ts'
import type { MessageInput } from '../../../sandbox/graph/mail/message/message-input.ts'
import { sendItem } from '../../../sandbox/graph/store/sending.ts'
import type { ComposeDesk } from '../../../webhook/compose/compose-desk.ts'
import { toChange } from '../../../webhook/provider/graph/questions/message-mapping.ts'
import { CHOICE } from '../../../webhook/provider/graph/schemas.ts'
import { ALICE, aPerson, BOB, NOW } from '../../support/builders.ts'
import { aRuledMailbox, type RuledMailbox } from '../rules/a-ruled-mailbox.ts'
import { openComposeDesk } from './open-compose-desk.ts'

const alice = aPerson()
const bob = aPerson({ userId: BOB, displayName: 'Bob' })
const mailboxAddress = 'alice@flow.example'
const chosen = { log: true, track: true, copied: false }

let box: RuledMailbox
let desk: ComposeDesk
let sent = ''
beforeAll(async () => {
  box = await aRuledMailbox()
  desk = openComposeDesk(box)
})
afterAll(() => box[Symbol.asyncDispose]())

/** Of this test's message: its subject is the id that it carries. */
let id = ''
beforeEach(() => void (id = randomUUID()))

const choose = (over: Partial<typeof chosen> = {}, person = alice, address = mailboxAddress) =>
  desk.choose(person, { id, mailboxAddress: address, ...chosen, ...over })

/** To a colleague, so that by itself it stays out: everybody in it belongs to the organization. */
async function send(over: Partial<MessageInput> = {}): Promise<void> {
  const { mailboxes } = box.graph
  const mailbox = mailboxes.open(ALICE)
  const draft = newDraft(mailboxes, mailbox, {
    subject: id,
    body: { contentType: 'text', content: 'At noon?' },
    toRecipients: [{ emailAddress: { name: 'Bob', address: 'bob@flow.example' } }],
    internetMessageHeaders: [{ name: 'x-flowcrm-choice', value: id }],
    ...over,
  })
  await sendItem(mailboxes, mailbox, mailbox.add(mailbox.folders.wellKnown('drafts'), draft))
  await box.ringAndWork(sent)
}
const reason = async (subject = id) => (await box.reasons())[subject]
const stored = async () => (await box.storedEmails()).find(({ subject }) => subject === id)

describe('the folder of sent messages', () => {
  const look = async () => {
    const nobody = { to: [], cc: [], bcc: [], categories: [], sensitivity: null, choiceId: null }
    return (await desk.look(alice, { mailboxAddress, ...nobody })).sent
  }

  it('is known to be watched or not, and asked for once', async () => {
    expect(await look()).toBe('not-watched')
    const asked = box.twin.seen.length
    sent = await box.watch('sentitems')
    expect(await look()).toBe('watched')
    expect(box.twin.seen).toHaveLength(asked)
    await box.work()
  })
})

describe('a message for which "Log when sent" was chosen', () => {
  it('would stay out by itself', async () => {
    await send()
    expect(await reason()).toBe('excluded internal-only')
  })

  it('is logged once it lies in Sent Items, as if by hand, with what was chosen on it', async () => {
    await choose()
    await send()
    expect(await reason()).toBe('stored logged-by-hand')
    expect((await stored())?.sightings).toMatchObject([
      { via: 'sync', chosen: { log: true, track: true } },
    ])
  })

  it('follows the last word, however often it was said', async () => {
    await choose()
    await choose({ log: false })
    await choose({ log: false })
    await send()
    expect(await reason()).toBe('excluded internal-only')
  })

  it('keeps what was chosen where it would have been stored anyway', async () => {
    await choose({ log: false })
    const carol = { name: 'Carol', address: 'carol@customer.example' }
    await send({ toRecipients: [{ emailAddress: carol }] })
    expect(await reason()).toBe('stored new')
    expect((await stored())?.sightings).toMatchObject([{ chosen: { log: false, track: true } }])
  })

  it('stays out when it carries the category that keeps mail out', async () => {
    await choose()
    await send({ categories: ['No-CRM'] })
    expect(await reason()).toBe('excluded category-no-crm')
  })

  it('is not logged by what a colleague chose in a mailbox of their own', async () => {
    await choose({}, bob, 'bob@flow.example')
    await send()
    expect(await reason()).toBe('excluded internal-only')
  })

  it('is logged in a shared mailbox by whoever wrote in it', async () => {
    await choose({}, bob)
    await send()
    expect(await reason()).toBe('stored logged-by-hand')
  })

  it('cannot be forged: what came through a mail server carries nobody’s choice', async () => {
    await choose()
    const lines = [`x-flowcrm-choice: ${id}`, 'Received: from elsewhere by here; today']
    const from = 'Bob <bob@flow.example>'
    await box.deliver({ from, subject: id, folder: 'sentitems', lines })
    await box.ringAndWork(sent)
    expect(await reason()).toBe('excluded internal-only')
  })

  it('stays logged when rules are applied later, and out when a never-log rule names somebody', async () => {
    await choose()
    await send()
    await box.own({ scope: 'contacts' })
    await box.apply()
    expect(await reason()).toBe('stored logged-by-hand')
    const entries = [{ of: 'address' as const, value: 'bob@flow.example' }]
    await box.own({ neverLog: [{ kind: 'any-party', entries }] })
    await box.apply()
    expect(await reason()).toMatch(/^excluded rule:/)
  })
})

describe('the choice that a message carries', () => {
  const read = (record: object) => {
    const change = toChange({
      ...{ id: 'm1', parentFolderId: 'sent', receivedDateTime: NOW.toISOString(), subject: '' },
      ...{ isDraft: false, body: { content: '' }, toRecipients: [] },
      ...record,
    })
    return change.kind === 'present' ? change.message.choiceId : change.kind
  }

  it('is read from the property that Exchange keeps, where Graph has no header lines', () => {
    expect(read({ singleValueExtendedProperties: [{ id: CHOICE, value: id }] })).toBe(id)
  })

  it.each([['not-an-id'], [''], ['twice']])('is nothing when it reads %j', (what) => {
    const value = what === 'twice' ? id + id : what
    expect(read({ internetMessageHeaders: [{ name: 'X-FlowCRM-Choice', value }] })).toBeUndefined()
  })
})
