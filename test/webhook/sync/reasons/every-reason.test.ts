import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aMime } from '../../../../sandbox/seed/mime-builder.ts'
import { encryptedFor } from '../../../../sandbox/seed/mime/smime.ts'
import { Attachments } from '../../../../webhook/attachments/attachment-desk.ts'
import { fetchAttachments } from '../../../../webhook/attachments/fetch-attachments.ts'
import { Emails } from '../../../../webhook/crm/email-desk.ts'
import { DAY, HOUR } from '../../../../webhook/duration.ts'
import { ProviderError } from '../../../../webhook/errors.ts'
import { toChange } from '../../../../webhook/provider/graph/questions/message-mapping.ts'
import { HandLog } from '../../../../webhook/rules/hand-log.ts'
import { RuleBook } from '../../../../webhook/rules/rule-book.ts'
import { EmailStore, type StoredAs } from '../../../../webhook/store/email-store.ts'
import { reasons, type ReasonCode } from '../../../../webhook/sync/decide/reasons.ts'
import { LARGEST_BYTES } from '../../../../webhook/sync/decide/verdict.ts'
import { ALICE, aLogRequest } from '../../../support/builders.ts'
import { aFile } from '../../attachments/an-archive.ts'
import { untilTheEnd } from '../../provider/graph/graphs.ts'
import { alice } from '../../rules/a-ruled-mailbox.ts'
import { aCatalogue, type Catalogue } from './a-catalogue.ts'

let world: Catalogue
beforeAll(async () => {
  world = await aCatalogue()
})
afterAll(() => world[Symbol.asyncDispose]())

/** A store that chokes on every mail: the fault nobody foresaw. */
class Choking extends EmailStore {
  override async see(): Promise<StoredAs[]> {
    throw new TypeError('cannot read this')
  }
}
const LIST = { lines: ['List-Id: <news.example>'] }
const longAgo = () => ({ receivedAt: new Date(world.box.clock.now().getTime() - 90 * DAY) })

/** So long that every message is tried as often as it is tried by itself. */
async function untilGivenUp(over: Parameters<Catalogue['sync']>[0] = {}) {
  for (let hour = 0; hour < 6; hour++) {
    await world.box.clock.advance(HOUR)
    await world.box.work(over)
  }
}

/** The mailbox lists a message and then answers so when it is asked for it. */
async function refused(status: number): Promise<string> {
  const { box, bring, page, told } = world
  const messageId = await bring()
  box.graph.desk.failRequests(status, 99, { path: encodeURIComponent(messageId) })
  await expect(page({ kind: 'sparse', messageId })).rejects.toThrow(ProviderError)
  const answer = await told(messageId)
  box.graph.desk.clear()
  await box.clock.advance(HOUR)
  return answer
}

async function loggedByHand(): Promise<string> {
  const { box, arrive, told, sync } = world
  await box.own({ automated: 'keep-out' })
  const messageId = await arrive(LIST)
  const message = box.graph.mailboxes.findMessage(ALICE, messageId, 'immutable')
  const desk = new Emails({ ...box, handLog: new HandLog(box), onLogged: () => undefined })
  const internetMessageId = message?.internetMessageId ?? ''
  await desk.log(alice, aLogRequest({ internetMessageId }))
  await sync()
  await box.own({})
  return told(messageId)
}

async function scanned(): Promise<string> {
  const { box, bring, sync } = world
  const messageId = await bring()
  await box.graph.mailboxes.attach(ALICE, messageId, aFile())
  box.graph.mailboxes.scan(ALICE, messageId, 'begins')
  await sync()
  const entry = await box.ledger.byMessageId(box.mailbox._id, messageId)
  const context = {
    ...{ ...box, attachmentLimit: async () => 1_000_000, random: () => 1 },
    ...{ onAttachmentsFailed: () => undefined, onAttachmentSettled: () => undefined },
  }
  for (let next = await box.attachmentQueue.claim(); next;) {
    await fetchAttachments(context, next, untilTheEnd)
    next = await box.attachmentQueue.claim()
  }
  const { pending } = await new Attachments(box).of(alice, entry?.emailId ?? '')
  return `pending ${pending}`
}

/** How each reason comes about, by the service's own code on the twin. */
const WAYS: Record<ReasonCode, () => Promise<string>> = {
  new: async () => world.told(await world.arrive()),
  'duplicate-of': async () => {
    const mime = aMime({ subject: 'Twice' })
    await world.arrive({ mime })
    return world.told(await world.arrive({ mime }))
  },
  'logged-by-hand': loggedByHand,
  're-evaluated': async () => {
    await world.box.own({ automated: 'keep-out' })
    const messageId = await world.arrive(LIST)
    await world.box.own({})
    await world.box.apply()
    return world.told(messageId)
  },
  draft: () => world.under({}, { isDraft: true }),
  'erased-person': async () => {
    const { blind } = await world.box.vault.of(world.box.mailbox.workspaceId)
    const suppressions = { of: async () => new Set([blind('address', 'dan@customer.example')]) }
    const contacts = { known: async () => new Map<string, string[]>() }
    const policies = new RuleBook({ ...world.box, contacts, suppressions })
    return world.told(await world.arrive({ cc: 'dan@customer.example' }, { policies }))
  },
  'folder-excluded': () => world.under({ own: { excludedFolders: [world.inbox] } }),
  'category-no-crm': () => world.under({}, { categories: ['No-CRM'] }),
  'conversation-kept-out': async () => {
    const { box, arrive, told } = world
    const first = await arrive({ subject: 'A quarrel' })
    const { conversationId } = box.graph.mailboxes.findMessage(ALICE, first, 'immutable')!
    await box.own({ keptOut: [conversationId!] })
    await box.apply()
    await box.own({})
    return told(first)
  },
  'privacy-bcc': () =>
    world.under(
      { policy: { privacyAddresses: ['privacy@flow.example'] } },
      { cc: 'privacy@flow.example' },
    ),
  'marked-private': () => world.under({}, { lines: ['Sensitivity: private'] }),
  rule: () => {
    const entries = [{ of: 'address' as const, value: 'carol@customer.example' }]
    return world.under({ own: { neverLog: [{ kind: 'any-party', entries }] } })
  },
  'internal-only': () => world.under({}, { from: 'Bob <bob@flow.example>' }),
  'no-contact': () => world.under({ own: { scope: 'contacts' } }),
  automated: () => world.under({ own: { automated: 'keep-out' } }, LIST),
  'retention-passed': () => world.under({ policy: { retentionDays: 30 } }, longAgo()),
  'older-than-window': () =>
    world.under({ policy: { windowDays: 30, locked: ['windowDays'] } }, longAgo()),
  'folder-not-watched': () => world.judged({ watched: false }, 0),
  waiting: async () => {
    const emails = new Choking(world.box)
    return world.told(await world.arrive({}, { emails }))
  },
  'daily-limit': async () => {
    const room = await world.fullRoom({ emailsPerDay: 1 })
    return world.told(await world.arrive({}, room))
  },
  'storage-limit': async () => {
    const room = await world.fullRoom({ emailsStored: 1 })
    return world.told(await world.arrive({}, room))
  },
  'throttled-by-graph': () => refused(429),
  'attachment-scanning': scanned,
  'reconnect-needed': () => refused(401),
  'fetch-error': async () => {
    const messageId = await world.arrive()
    const { mailboxes, desk } = world.box.graph
    mailboxes.move(ALICE, messageId, 'archive')
    desk.failRequests(500, 999, { path: encodeURIComponent(messageId) })
    await world.sync()
    await untilGivenUp()
    desk.clear()
    return world.told(messageId)
  },
  'too-large': () => world.judged({}, LARGEST_BYTES + 1),
  protected: async () => {
    const mime = aMime({ subject: 'Encrypted', protect: encryptedFor('Alice') })
    return world.told(await world.arrive({ mime }))
  },
  malformed: async () => {
    await world.page(toChange({ id: 'broken', subject: '', receivedDateTime: 'some day' }))
    return world.told('broken')
  },
  poison: async () => {
    const emails = new Choking(world.box)
    const messageId = await world.arrive({}, { emails })
    await untilGivenUp({ emails })
    return world.told(messageId)
  },
  'deleted-in-mailbox': async () => {
    const messageId = await world.arrive()
    world.box.graph.mailboxes.remove(ALICE, messageId, { purge: true })
    await world.sync()
    return world.told(messageId)
  },
  'moved-out': async () => {
    const messageId = await world.arrive()
    world.box.graph.mailboxes.move(ALICE, messageId, 'archive')
    await world.sync()
    return world.told(messageId)
  },
  'folder-deleted': async () => {
    const { box, arrive, told } = world
    const { id } = box.graph.mailboxes.addFolder(ALICE, 'inbox', 'Project')
    const project = await box.watch(id)
    const messageId = await arrive({ folder: id })
    const mailbox = box.graph.mailboxes.open(ALICE)
    mailbox.eraseFolder(mailbox.folders.find(id)!)
    await box.ringAndWork(project)
    return told(messageId)
  },
  'mailbox-disconnected': async () => {
    const messageId = await world.arrive()
    await world.box.disconnect()
    await world.box.settle()
    return world.told(messageId)
  },
}

describe('every reason of the catalogue comes about', () => {
  it.each(Object.entries(reasons))('%s', async (code, { state }) => {
    expect(Object.keys(WAYS)).toContain(code)
    expect(await WAYS[code as ReasonCode]()).toBe(`${state} ${code}`)
  })
})
