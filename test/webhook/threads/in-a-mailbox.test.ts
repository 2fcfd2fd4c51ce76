import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { aLogRequest, aPerson } from '../../support/builders.ts'
import { ALICE, aMime } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../sync/a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const answerTo = (subject: string, original: string) => {
  const lines = aMime(subject).toString().split('\r\n')
  const header = `In-Reply-To: <${original}@customer.example>`
  return Buffer.from([header, ...lines].join('\r\n'))
}
const conversations = async () => {
  const groups = new Map<string | null, string[]>()
  for (const { subject, threadId } of await box.storedEmails())
    groups.set(threadId, [...(groups.get(threadId) ?? []), subject])
  return [...groups.values()].toSorted()
}

describe('mail of a mailbox', () => {
  it('is in the thread of what it answers, whichever was stored first', async () => {
    for (const mime of [answerTo('Yes', 'Offer'), aMime('Offer'), aMime('Other')])
      await box.graph.mailboxes.deliver(ALICE, { mime })
    await box.work()
    await box.graph.mailboxes.deliver(ALICE, { mime: answerTo('Thanks', 'Yes') })
    await box.ringAndWork(inbox)
    expect(await conversations()).toEqual([['Offer', 'Thanks', 'Yes'], ['Other']])
  })

  it('is in the thread of what was logged by hand, and the other way round', async () => {
    const desk = new Emails({ ...box, onLogged: () => undefined })
    const log = (subject: string, over: Partial<ReturnType<typeof aLogRequest>>) =>
      desk.log(aPerson(), aLogRequest({ subject, itemId: subject, ...over }))
    await log('By hand', { internetMessageId: '<ByHand@customer.example>' })
    await box.graph.mailboxes.deliver(ALICE, { mime: answerTo('Answer', 'ByHand') })
    await box.work()
    const names = {
      references: ['<ByHand@customer.example>'],
      inReplyTo: '<Answer@customer.example>',
    }
    await log('Again by hand', { internetMessageId: '<again@customer.example>', ...names })
    expect(await conversations()).toEqual([['Again by hand', 'Answer', 'By hand']])
  })
})
