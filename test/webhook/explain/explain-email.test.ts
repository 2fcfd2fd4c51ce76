import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Sighting } from '../../../models/email.ts'
import { EmailExplanation } from '../../../models/wire/explain.ts'
import { actorOf } from '../../../webhook/audit/audit.ts'
import { ExplainToPeople } from '../../../webhook/explain/explain-to-people.ts'
import { NotFoundError } from '../../../webhook/errors.ts'
import { emailIdOf, type SeenEmail } from '../../../webhook/store/email-store.ts'
import { normaliseMessageId } from '../../../webhook/sync/decide/identity.ts'
import {
  anEmail,
  aNewMailbox,
  aPerson,
  aSighting,
  bob,
  BOB,
  WORKSPACE,
} from '../../support/builders.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { anExplainer, type AnExplainer } from './an-explainer.ts'

const emailId = emailIdOf(WORKSPACE, 'id:one')
const alice = aPerson()
const admin = aPerson({ userId: 'admin', roles: ['member', 'admin'] })
const auditor = aPerson({ userId: 'auditor', roles: ['auditor'] })

let desk: AnExplainer
let people: ExplainToPeople
beforeEach(async () => {
  desk = await anExplainer()
  people = new ExplainToPeople({ ...desk.stores, explainer: { explain } })
})
afterEach(() => desk[Symbol.asyncDispose]())

const explain: ExplainToPeople['parts']['explainer']['explain'] = (mailbox, question) =>
  desk.explain(question, mailbox)

/** A copy in Alice's mailbox. */
const see = (sighting: Partial<Sighting>, over: Partial<SeenEmail> = {}) => {
  const mailboxId = desk.mailbox._id
  const key = `sync:${sighting.mailboxId ?? mailboxId}:${sighting.messageId ?? 'm1'}`
  const seen = aSighting({ key, mailboxId, messageId: 'm1', ...sighting })
  return desk.stores.emails.see([anEmail({ ...over, sighting: seen })])
}
const bobsMailbox = () =>
  desk.stores.mailboxes.connect(
    aNewMailbox({ providerUserId: BOB, ownerUserId: BOB, address: 'bob@flow.example' }),
  )

describe('an e-mail of the CRM', () => {
  it('is explained by its own messages in the mailbox alone: all of them, and no neighbour', async () => {
    await see({ messageId: 'm1' })
    await see({ messageId: 'm2' }) // somebody wrote to themselves
    for (const messageId of ['m1', 'm2', 'another']) await desk.account({ messageId, emailId })
    const { answer, accounts } = await desk.explain({ emailId })
    expect(answer).toBe('accounted')
    expect(accounts.map(({ messageId }) => messageId).toSorted()).toEqual(['m1', 'm2'])
    expect(desk.twin.seen).toEqual([]) // the provider is not bothered
  })

  it('that was moved out is looked for in the mailbox, by its id', async () => {
    const { immutableId: messageId } = await desk.deliver('archive')
    await see({ messageId })
    await desk.account({ messageId, emailId, state: 'gone', reason: 'moved-out' })
    expect(await desk.explain({ emailId })).toMatchObject({
      answer: 'accounted',
      found: [{ messageId, folder: { name: 'Archive', watched: false } }],
    })
  })

  it('that this mailbox has not shown yet is asked for by its Message-ID', async () => {
    const internetMessageId = '<Offer@customer.example>'
    await see({ mailboxId: null, messageId: null }, { internetMessageId })
    await desk.deliver('archive')
    expect(await desk.explain({ emailId })).toMatchObject({ answer: 'not-watched' })
    const messageIdKey = desk.blind('message-id', normaliseMessageId(internetMessageId)!)
    await desk.account({ messageId: 'm9', messageIdKey })
    expect(await desk.explain({ emailId })).toMatchObject({ accounts: [{ messageId: 'm9' }] })
  })

  it.each([
    ['that is not there', 'none', {}],
    ['without any name in this mailbox', emailId, { internetMessageId: null }],
    ['of another workspace', emailIdOf('elsewhere', 'id:one'), { workspaceId: 'elsewhere' }],
  ])('%s is nothing', async (_, id, over) => {
    await see({ mailboxId: null, messageId: null }, over)
    await expect(desk.explain({ emailId: id })).rejects.toThrow(NotFoundError)
  })
})

describe('who asks about an e-mail', () => {
  /** Both have it, it is matched, and Alice lets colleagues see it. */
  const shared = async () => {
    const theirs = await bobsMailbox()
    await see({ messageId: 'm1' })
    await see({ messageId: 'm2', mailboxId: theirs._id, ownerUserId: BOB })
    await desk.account({ messageId: 'm1', emailId })
    await desk.account({ messageId: 'm2', emailId, mailboxId: theirs._id })
    const { db, mailboxes } = desk.stores
    const emails = db.collection<{ _id: string }>('emails')
    await emails.updateOne({ _id: emailId }, { $set: { contactIds: ['c-carol'] } })
    const settings = { pollEveryMinutes: null, windowDays: null, sharing: 'metadata' } as const
    await mailboxes.saveSettings(desk.mailbox._id, settings)
  }
  const toldTo = async (person: typeof alice) => {
    const told = await people.explainEmail(person, emailId, untilTheEnd)
    expect(EmailExplanation.parse(told)).toEqual(told)
    return told.stories.map(({ mailbox, explanation: { accounts } }) => [
      mailbox.address,
      ...accounts.map(({ messageId }) => messageId),
    ])
  }

  it('is told the story in their own mailbox; an administrator in all, their own first', async () => {
    await shared()
    expect(await toldTo(alice)).toEqual([['alice@flow.example', 'm1']])
    expect(await toldTo(bob)).toEqual([['bob@flow.example', 'm2']])
    const all = [
      ['alice@flow.example', 'm1'],
      ['bob@flow.example', 'm2'],
    ]
    expect(await toldTo(admin)).toEqual(all)
    const both = { ...bob, roles: admin.roles }
    expect(await toldTo(both)).toEqual(all.toReversed())
  })

  it('and sees it, but has no mailbox that has it, is told no story', async () => {
    await shared()
    expect(await toldTo(aPerson({ userId: 'dora' }))).toEqual([])
  })

  it('and may not see it finds nothing, whatever mailbox they may ask', async () => {
    await see({ messageId: 'm1' })
    await desk.account({ messageId: 'm1', emailId })
    const theirs = await bobsMailbox()
    for (const [person, mailbox] of [
      [bob, theirs],
      [admin, desk.mailbox],
      [auditor, desk.mailbox],
      [{ ...alice, workspaceId: 'elsewhere' }, desk.mailbox],
    ] as const) {
      await expect(people.explainEmail(person, emailId, untilTheEnd)).rejects.toThrow(NotFoundError)
      const about = { mailbox, question: { emailId } }
      await expect(people.explain(person, about, untilTheEnd)).rejects.toThrow(NotFoundError)
    }
    const about = { mailbox: desk.mailbox, question: { messageId: 'm1' } }
    expect((await people.explain(admin, about, untilTheEnd)).accounts).toHaveLength(1) // as ever
  })

  it('about a message is shown its subject where it is theirs to see, and else nothing leads to it', async () => {
    await see({ messageId: 'm1' }, { subject: 'Offer' })
    await desk.account({ messageId: 'm1', emailId })
    const about = { mailbox: desk.mailbox, question: { messageId: 'm1' } }
    const toldOf = async (person: typeof alice) => {
      const { accounts } = await people.explain(person, about, untilTheEnd)
      return accounts.map((account) => [account.emailId, account.subject])
    }
    expect(await toldOf(alice)).toEqual([[emailId, 'Offer']])
    expect(await toldOf(admin)).toEqual([[null, null]])
    const listed = { who: actorOf(alice), action: 'emails-listed', details: { count: 1 } }
    expect(desk.stores.audit.written).toMatchObject([listed])
  })

  it('is told of so many mailboxes at once, and that there are more', async () => {
    for (let n = 0; n < 11; n++) {
      const providerUserId = `user-${n}`
      const address = `user${n}@flow.example`
      const { _id: mailboxId } = await desk.stores.mailboxes.connect(
        aNewMailbox({ providerUserId, ownerUserId: 'admin', address }),
      )
      await see({ messageId: `m${n}`, mailboxId, ownerUserId: 'admin' })
      await desk.account({ messageId: `m${n}`, emailId, mailboxId })
    }
    const { stories, more } = await people.explainEmail(admin, emailId, untilTheEnd)
    expect([stories.length, more]).toEqual([10, true])
  })
})
