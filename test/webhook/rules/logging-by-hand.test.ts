import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { eventSentence } from '../../../webhook/explain/words.ts'
import { HandLog } from '../../../webhook/rules/hand-log.ts'
import { aLogRequest } from '../../support/builders.ts'
import { alice, aRuledMailbox, type Letter, type RuledMailbox } from './a-ruled-mailbox.ts'

let box: RuledMailbox
let desk: Emails
let inbox = ''
beforeEach(async () => {
  box = await aRuledMailbox()
  desk = new Emails({ ...box, handLog: new HandLog(box), onLogged: () => undefined })
  inbox = await box.watch('inbox')
  await box.work()
})
afterEach(() => box[Symbol.asyncDispose]())

/** What the pane sends of the first letter. */
const request = (over: Partial<Parameters<typeof aLogRequest>[0]> = {}) =>
  aLogRequest({
    ...{ internetMessageId: '<mail-0@customer.example>', subject: 'Mail 0' },
    ...{ bodyHtml: '<p>Good morning.</p>' },
    ...over,
  })
const arrives = async (letter: Letter = {}) => {
  await box.deliver(letter)
  await box.ringAndWork(inbox)
}
const list = { lines: ['List-Id: <news.example>'] }

describe('a message that somebody logs by hand', () => {
  it('is stored from their mailbox, too, though the rules had left it out', async () => {
    await box.own({ automated: 'keep-out' })
    await arrives(list)
    expect(await box.reasons()).toEqual({ 'Mail 0': 'excluded automated' })
    await desk.log(alice, request())
    await box.work()
    expect(await box.reasons()).toEqual({ 'Mail 0': 'stored logged-by-hand' })
    const [entry] = await box.accounts()
    const told = entry!.history.map((event) => eventSentence(event, 'Inbox'))
    expect(told).toContain('A person pointed FlowCRM to it in Inbox.')
    const [email, ...more] = await box.storedEmails()
    expect(more).toEqual([])
    expect(email!.sightings.map(({ via }) => via).toSorted()).toEqual(['add-in', 'sync'])
  })

  it('is stored from their mailbox also when it gets there later', async () => {
    await box.own({ automated: 'keep-out' })
    await desk.log(alice, request())
    await arrives(list)
    expect(await box.reasons()).toEqual({ 'Mail 0': 'stored logged-by-hand' })
    expect(await box.storedEmails()).toHaveLength(1)
  })

  it('is not thrown out by rules that are applied later', async () => {
    await arrives(list)
    await desk.log(alice, request())
    await box.own({ automated: 'keep-out' })
    await box.apply()
    expect(await box.reasons()).toEqual({ 'Mail 0': 'stored logged-by-hand' })
    await box.own({ automated: 'keep-out', scope: 'contacts' })
    await box.apply()
    expect((await box.storedEmails())[0]!.sightings).toHaveLength(2)
  })

  it('of which a rule protects somebody is refused, with the reason', async () => {
    const entries = [{ of: 'domain' as const, value: 'customer.example', subdomains: true }]
    await box.own({ neverLog: [{ kind: 'any-party', entries }] })
    await expect(desk.log(alice, request())).rejects.toMatchObject({
      ...{ code: 'kept-out', reason: expect.stringMatching(/^rule:/) },
      message: expect.stringContaining('A never-log rule names somebody'),
    })
    expect(await box.storedEmails()).toEqual([])
  })

  it.each([
    ['category-no-crm', { categories: ['No-CRM'] }],
    ['marked-private', { lines: ['Sensitivity: private'] }],
  ])('is refused for what only the mailbox knows of it: %s', async (reason, letter) => {
    await arrives(letter)
    await expect(desk.log(alice, request())).rejects.toMatchObject({ code: 'kept-out', reason })
    expect(await box.storedEmails()).toEqual([])
  })

  it('by another person changes nothing in this mailbox', async () => {
    await box.own({ automated: 'keep-out' })
    await arrives(list)
    await desk.log({ ...alice, userId: 'bob', displayName: 'Bob' }, request())
    await box.work()
    expect(await box.reasons()).toEqual({ 'Mail 0': 'excluded automated' })
  })
})
