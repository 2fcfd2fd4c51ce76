import { writeBackModel } from '../../../models/write-back/write-back.ts'
import { writeBack, type WriteBackContext } from '../../../webhook/write-back/write-back.ts'
import { aRuledMailbox, type Letter } from '../rules/a-ruled-mailbox.ts'
import { ALICE, untilTheEnd } from '../provider/graph/graphs.ts'

export type TwoWayMailbox = Awaited<ReturnType<typeof aTwoWayMailbox>>

/** Alice's mailbox, of which the Inbox is watched, with its rules and a worker that writes back, all in one virtual time. */
export async function aTwoWayMailbox(direction: 'one-way' | 'two-way' = 'two-way') {
  const box = await aRuledMailbox()
  const inbox = await box.watch('inbox')
  await box.own({ direction })
  await box.work()
  const failures: string[] = []
  const shown: string[] = []
  const context: WriteBackContext = {
    ...box,
    random: () => 1,
    onWriteBackFailed: ({ errorCode }) => failures.push(errorCode),
    onMailboxChanged: (mailboxId) => shown.push(mailboxId),
  }
  const { graph, twin, writeBackQueue, clock } = box
  const messageOf = (id: string) => graph.mailboxes.findMessage(ALICE, id, 'immutable')!
  return {
    ...box,
    ...{ inbox, failures, shown },
    /** Everything that is to go back now; the answer is how many tries that took. */
    goBack: async (over: Partial<WriteBackContext> = {}) => {
      let tries = 0
      for (let next = await writeBackQueue.claim(); next; next = await writeBackQueue.claim()) {
        await writeBack({ ...context, ...over }, next, untilTheEnd)
        tries++
      }
      return tries
    },
    receive: async (letter: Letter = {}) => {
      const ref = await box.deliver(letter)
      await box.ringAndWork(inbox)
      return ref.immutableId
    },
    sync: () => box.ringAndWork(inbox),
    /** What her people see of a message in Outlook. */
    inOutlook: (id: string) => {
      const { categories, isRead } = messageOf(id)
      return { categories, isRead }
    },
    /** What her people do to it there. */
    touch: (id: string, changes: { categories?: string[]; isRead?: boolean }) =>
      void graph.mailboxes.patch(ALICE, id, changes),
    /** How many messages were written to since the twin was last forgotten. */
    writes: () =>
      twin.seen.filter(({ method, path }) => method === 'PATCH' && path.includes('/messages/'))
        .length,
    pending: () => writeBackModel(box.db).countDocuments({ dueAt: { $lte: clock.now() } }),
    remembered: () => writeBackModel(box.db).countDocuments({}),
  }
}
