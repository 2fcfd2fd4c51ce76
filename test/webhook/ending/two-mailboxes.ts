import { ALICE, BOB } from '../../support/builders.ts'
import { anEndingMailbox } from './an-ending-mailbox.ts'

/** Who sees what when Alice's mailbox was disconnected and its mail kept; `(gone)`: the message is not to be had any more. */
export const KEPT = {
  ...{ 'Alice’s 0': 'Alice (gone)', 'Alice’s 1': 'Alice (gone)', 'Alice’s 2': 'Alice (gone)' },
  ...{ 'Both 0': 'Bob', 'Both 1': 'Bob', 'Bob’s': 'Bob' },
}
/** The same when it was removed, and when it is connected. */
export const REMOVED = { 'Both 0': 'Bob', 'Both 1': 'Bob', 'Bob’s': 'Bob' }
export const WHOLE = {
  ...{ 'Alice’s 0': 'Alice', 'Alice’s 1': 'Alice', 'Alice’s 2': 'Alice' },
  ...{ 'Both 0': 'Alice,Bob', 'Both 1': 'Alice,Bob', 'Bob’s': 'Bob' },
}

/** Alice's and Bob's mailboxes with mail of their own, and some that both have. */
export async function twoMailboxes() {
  const box = await anEndingMailbox()
  const alicesInbox = await box.watchIn(box.mailbox)
  const bobsInbox = await box.watchIn(box.bobs)
  for (let n = 0; n < 3; n++) await box.deliver({ subject: `Alice’s ${n}` })
  for (let n = 0; n < 2; n++) await box.deliverToBoth({ subject: `Both ${n}` })
  await box.deliver({ subject: 'Bob’s' }, BOB)
  await box.ringAndWork(alicesInbox, bobsInbox)
  const nameOf = (userId: string) => (userId === ALICE ? 'Alice' : 'Bob')
  return {
    ...box,
    alicesInbox,
    /** Who sees each e-mail. */
    seen: async () =>
      Object.fromEntries(
        (await box.storedEmails()).map(({ subject, sightings }) => [
          subject,
          sightings
            .map(({ ownerUserId, goneAt }) => `${nameOf(ownerUserId)}${goneAt ? ' (gone)' : ''}`)
            .toSorted()
            .join(),
        ]),
      ),
    /** How many subscriptions the provider has. */
    rings: () => box.graph.subscriptions.all().length,
    [Symbol.asyncDispose]: () => box[Symbol.asyncDispose](),
  }
}
export type TwoMailboxes = Awaited<ReturnType<typeof twoMailboxes>>
