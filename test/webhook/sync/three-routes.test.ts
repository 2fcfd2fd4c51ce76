import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { emailModel } from '../../../models/email.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { HandLog } from '../../../webhook/rules/hand-log.ts'
import { OwnCopies } from '../../../webhook/rules/own-copy.ts'
import { aLogRequest, aNewMailbox, aPerson, BOB } from '../../support/builders.ts'
import { ALICE, aMime } from '../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

/** B10: 1,000 mails with `B10=1000`. */
const MAILS = Number(process.env['B10'] ?? 60)
const ORDERS = [
  ['alice', 'pane', 'bob'],
  ['alice', 'bob', 'pane'],
  ['pane', 'alice', 'bob'],
  ['pane', 'bob', 'alice'],
  ['bob', 'alice', 'pane'],
  ['bob', 'pane', 'alice'],
] as const

let box: ConnectedMailbox
let inboxes: Record<'alice' | 'bob', string>
beforeAll(async () => {
  box = await aConnectedMailbox()
  const owner = { providerUserId: BOB, ownerUserId: BOB, address: 'bob@flow.example' }
  const ofBob = await box.mailboxes.connect(aNewMailbox({ ...owner, displayName: 'Bob' }))
  const { id } = box.graph.mailboxes.folder(BOB, 'inbox')
  const { workspaceId, _id: mailboxId } = ofBob
  const folder = { workspaceId, mailboxId, providerFolderId: id, displayName: 'Inbox' }
  const bob = await box.folders.watch({ ...folder, totalItemCount: 0 }, box.clock.now())
  inboxes = { alice: await box.watch('inbox'), bob }
  await box.work()
})
afterAll(() => box[Symbol.asyncDispose]())

/** As the pane does it, with the mailbox within reach of the service, or without. */
const desks = () => {
  const copies = new OwnCopies({ ...box, random: () => 1, onQuarantined: () => undefined })
  const deskWith = (handLog: HandLog) => new Emails({ ...box, handLog, onLogged: () => undefined })
  return [deskWith(new HandLog({ ...box, copies })), deskWith(new HandLog(box))] as const
}

describe(`${MAILS} mails that are in two mailboxes, and are logged by hand (B10)`, () => {
  it.each(ORDERS)(
    'are one e-mail each with three sightings: %s, %s, %s',
    async (...order) => {
      await emailModel(box.db).deleteMany({})
      const share = Math.ceil(MAILS / ORDERS.length)
      const subjects = Array.from({ length: share }, (_, n) => `${order.join(' ')} ${n}`)
      const [reaching, alone] = desks()
      const steps = {
        alice: async () => {
          for (const subject of subjects)
            await box.graph.mailboxes.deliver(ALICE, { mime: aMime(subject) })
          await box.ringAndWork(inboxes.alice)
        },
        bob: async () => {
          for (const subject of subjects)
            await box.graph.mailboxes.deliver(BOB, { mime: aMime(subject) })
          await box.ringAndWork(inboxes.bob)
        },
        pane: async () => {
          for (const [n, subject] of subjects.entries()) {
            const internetMessageId = `<${subject.replaceAll(/\W/g, '')}@customer.example>`
            const { itemId: _none, ...request } = aLogRequest({ internetMessageId, subject })
            // Half of them with the date that Outlook tells: of its own copy, hours later.
            const sentAt = n % 2 ? null : '2026-11-20T12:00:00Z'
            await (n % 4 < 2 ? reaching : alone).log(aPerson(), { ...request, sentAt })
          }
        },
      }
      for (const step of order) await steps[step]()
      const stored = await box.storedEmails()
      expect(stored.map(({ subject }) => subject)).toEqual(subjects.toSorted())
      for (const { sightings } of stored) {
        const routes = sightings.map(({ via, ownerUserId }) => `${via} ${ownerUserId}`)
        expect(routes.toSorted()).toEqual(
          [`add-in ${ALICE}`, `sync ${ALICE}`, `sync ${BOB}`].toSorted(),
        )
      }
    },
    (10 + MAILS / 10) * 1_000,
  )
})
