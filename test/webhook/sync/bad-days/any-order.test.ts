import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { refOf } from '../../../../sandbox/graph/store/message-view.ts'
import { SECOND } from '../../../../webhook/duration.ts'
import { ALICE, aMime } from '../../provider/graph/graphs.ts'
import { aConnectedMailbox, type ConnectedMailbox } from '../a-mailbox.ts'
import { sized } from '../../../support/sized.ts'

const RUNS = sized(12, 25)
const WATCHED = ['inbox', 'archive']
const PLACES = [...WATCHED, 'junkemail', 'deleteditems']

/** What happens to one of a few messages, and which folder is then asked, whoever rang. */
const step = fc.record({
  message: fc.nat(4),
  deed: fc.constantFrom('create', 'move', 'delete', 'restore', 'flip', 'nothing'),
  to: fc.constantFrom(...PLACES),
  asks: fc.constantFrom(...WATCHED, null),
})
type Step = { message: number; deed: string; to: string; asks: string | null }

/** A run begins where the one before ended: with another mailbox content, under other names. */
async function live(
  box: ConnectedMailbox,
  run: number,
  steps: Step[],
  folders: Map<string, string>,
) {
  const { mailboxes } = box.graph
  const ids = new Map<number, string>()
  for (const { message, deed, to, asks } of steps) {
    const id = ids.get(message)
    if (!id) {
      if (deed !== 'create') continue
      const mime = aMime(`Run ${run} mail ${message}`)
      ids.set(message, (await mailboxes.deliver(ALICE, { mime, folder: to })).immutableId)
    } else if (mailboxes.open(ALICE).findItem(id)) {
      if (deed === 'move') mailboxes.move(ALICE, id, to)
      if (deed === 'flip') mailboxes.patch(ALICE, id, { isRead: true })
      if (deed === 'delete') mailboxes.remove(ALICE, id, { purge: to === 'inbox' })
    }
    if (asks) await box.ringAndWork(folders.get(asks)!)
  }
  await box.ringAndWork(...folders.values())
  await box.ringAndWork(...folders.values())
}

function truth({ graph }: ConnectedMailbox): string[] {
  const mailbox = graph.mailboxes.open(ALICE)
  return WATCHED.flatMap((name) =>
    [...graph.mailboxes.folder(ALICE, name).items].map(
      (item) => `${name} ${refOf(mailbox, item).immutableId}`,
    ),
  ).toSorted()
}

it('in whatever order mail comes, moves and goes, and whichever folder is asked first, what is accounted for at the end is what is there', async () => {
  await using box = await aConnectedMailbox()
  const folders = new Map<string, string>()
  for (const name of WATCHED) folders.set(name, await box.watch(name))
  await box.work()
  const nameOf = new Map([...folders].map(([name, id]) => [id, name]))
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      await live(box, ++run, steps, folders)
      await box.clock.advance(SECOND)
      const stored = (await box.accounts()).filter(({ state }) => state === 'stored')
      const accounted = stored.map(
        ({ folderId, messageId }) => `${nameOf.get(folderId)} ${messageId}`,
      )
      expect(accounted.toSorted()).toEqual(truth(box))
    }),
    { numRuns: RUNS, seed: 6 },
  )
  const emails = await box.storedEmails()
  expect(new Set(emails.map(({ identity }) => identity)).size).toBe(emails.length)
})
