import { afterEach, beforeEach, expect, it } from '@jest/globals'
import type { Mailbox, MailboxList } from '../../models/wire/mailbox.ts'
import { bulkMime } from '../../sandbox/seed/bulk.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { emailsOf, eventually, startWorld, watch } from '../support/world.ts'

let world: Awaited<ReturnType<typeof startWorld>>
beforeEach(async () => void (world = await startWorld()))
afterEach(() => world[Symbol.asyncDispose]())

const connectSales = { method: 'POST', body: { address: people.sales.mail } }

it('an admin connects a shared mailbox with the app’s own permission, and its mail comes in', async () => {
  await world.graph.mailboxes.deliver(people.sales.mail, {
    mime: bulkMime(1, people.sales.mail, new Date()),
  })
  const ada = await world.signIn('admin')
  await expect(ada.json('/api/v1/mailboxes', connectSales)).rejects.toThrow(/consent/i)

  await ada.visit('/auth/admin-consent', 'admin')
  const mailbox = await ada.json<Mailbox>('/api/v1/mailboxes', connectSales)
  expect(mailbox).toMatchObject({ authMode: 'app', address: people.sales.mail })
  await watch(ada, mailbox.id, ['Inbox'])
  await eventually(
    () => emailsOf(ada),
    ({ total }) => total === 1,
  )
})

it('a member cannot, and does not see the mailboxes of others', async () => {
  const alice = await world.signIn('alice')
  await expect(alice.json('/api/v1/mailboxes', connectSales)).rejects.toThrow(/403/)
  expect((await alice.json<MailboxList>('/api/v1/mailboxes')).mailboxes).toEqual([])
})
