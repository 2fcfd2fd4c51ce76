import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../models/ledger-entry.ts'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import type { SuggestionPage } from '../../models/wire/contacts/upkeep.ts'
import type { EmailPage } from '../../models/wire/email.ts'
import { MailboxRules } from '../../models/wire/rules.ts'
import { aMime } from '../../sandbox/seed/mime-builder.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import { MINUTE } from '../../webhook/duration.ts'
import { aPerson } from '../support/builders.ts'
import { connectAndWatch, emailsOf, eventually, startWorld } from '../support/world.ts'

const alice = people.alice.mail
const nora = { name: 'Nora Lindqvist', address: 'nora@northwind.test' }

describe('contacts', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  beforeEach(async () => void (world = await startWorld()))
  afterEach(() => world[Symbol.asyncDispose]())

  const deliver = (
    subject: string,
    over: Partial<Parameters<typeof aMime>[0]> = {},
    receivedAt = new Date(),
  ) =>
    world.graph.mailboxes.deliver(alice, {
      folder: 'inbox',
      receivedAt,
      mime: aMime({
        ...{ from: nora, to: [{ name: 'Alice', address: alice }], subject, html: '<p>Hi</p>' },
        ...{ messageId: `<${subject}@northwind.test>`, ...over },
      }),
    })
  const mailOf = (browser: Browserless, { id }: Contact) =>
    browser.json<EmailPage>(`/api/v1/contacts/${id}/emails`)

  it('have the mail that is there and the mail that comes, and strangers are suggested', async () => {
    await deliver('before', {}, new Date(Date.now() - MINUTE)) // Graph's dates are of whole seconds
    const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
    const all = () => emailsOf(browser)
    await eventually(all, ({ total }) => total === 1)
    const { suggestions } = await eventually(
      () => browser.json<SuggestionPage>('/api/v1/suggestions'),
      (page) => page.suggestions.length === 1,
    )
    expect(suggestions).toMatchObject([{ ...nora, emails: 1 }])
    const accept = `/api/v1/suggestions/${suggestions[0]!.id}/accept`
    const contact = await browser.json<Contact>(accept, { method: 'POST', body: {} })
    expect((await mailOf(browser, contact)).emails).toMatchObject([{ subject: 'before' }])
    await deliver('after', { from: { ...nora, address: 'Nora+Work@Northwind.test' } })
    const { emails } = await eventually(
      () => mailOf(browser, contact),
      (page) => page.emails.length === 2,
    )
    expect(emails.map(({ subject }) => subject)).toEqual(['after', 'before'])
  })

  it('that come later pull in the mail that was left out for want of them', async () => {
    const { browser, mailbox } = await connectAndWatch(world, 'alice', ['Inbox'])
    const { rules, mailboxes, db } = world.service.context
    const stored = await mailboxes.find(mailbox.id)
    const person = aPerson({ workspaceId: stored!.workspaceId })
    const wanted = { rules: MailboxRules.parse({ scope: 'contacts' }) }
    await rules.saveMailbox({ person, mailbox: stored! }, 0, wanted)
    await deliver('left out')
    await eventually(
      () => ledgerEntryModel(db).countDocuments({ reason: 'no-contact' }),
      (count) => count === 1,
    )
    const body = { name: nora.name, addresses: [nora.address] }
    const contact = await browser.json<Contact>('/api/v1/contacts', { method: 'POST', body })
    const { emails } = await eventually(
      () => mailOf(browser, contact),
      (page) => page.emails.length === 1,
    )
    expect(emails).toMatchObject([{ subject: 'left out' }])
  })
})
