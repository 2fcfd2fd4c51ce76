import { describe, expect, it } from '@jest/globals'
import { ALICE, aMime, fill } from '../../provider/graph/graphs.ts'
import { aNewMailbox } from '../../../support/builders.ts'
import { aConnectedMailbox } from '../a-mailbox.ts'

const MAILS = 25
/** Of a life: the subscription, three pages and a comparison, then new mail. */
const REQUESTS = 6

describe.each([
  ['no token is good any more', 401],
  ['the consent is gone', 403],
])('when %s', (_what, status) => {
  const positions = Array.from({ length: REQUESTS }, (_, n) => n + 1)
  it.each(positions)(
    'from request %i on, few more are made, the cursor stays, and after a reconnect nothing is lost',
    async (position) => {
      await using box = await aConnectedMailbox()
      const { dispatcher, desk } = box.graph
      const handle = dispatcher.handle.bind(dispatcher)
      let asked = 0
      dispatcher.handle = (incoming) => {
        if (++asked === position) desk.failRequests(status, 999)
        return handle(incoming)
      }
      await fill(box.twin, MAILS)
      const inbox = await box.watch('inbox')
      await box.work()
      const isRevoked = async () =>
        (await box.mailboxes.find(box.mailbox._id))?.status !== 'connected'
      await box.graph.mailboxes.deliver(ALICE, { mime: aMime('New') })
      const { cursor } = await box.folder(inbox)
      await box.ringAndWork(inbox)
      expect(await isRevoked()).toBe(true)
      const refused = box.graph.requests.find().filter((request) => request.status === status)
      expect(refused.length).toBeLessThanOrEqual(status === 403 && position === 1 ? 4 : 2)
      expect((await box.folder(inbox)).cursor).toBe(cursor)
      expect((await box.storedEmails()).length).toBe((await box.folder(inbox)).backfill.done)

      desk.clear()
      await box.mailboxes.connect(aNewMailbox())
      await box.folders.dueNow(box.mailbox._id, box.clock.now())
      await box.work()
      expect((await box.storedEmails()).length).toBe(MAILS + 1)
      expect((await box.folder(inbox)).proof).toMatchObject({ equal: true })
    },
  )
})
