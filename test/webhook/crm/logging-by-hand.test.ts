import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { EmailHead } from '../../../models/email.ts'
import type { LogEmailRequest } from '../../../models/wire/log-email.ts'
import { Emails } from '../../../webhook/crm/email-desk.ts'
import { identityOf, messageIdKeyOf } from '../../../webhook/sync/decide/identity.ts'
import {
  aLogRequest,
  aMessage,
  aPerson,
  aSighting,
  bob,
  BOB,
  WORKSPACE,
} from '../../support/builders.ts'
import { storedEmails } from '../../support/stored-emails.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
let desk: Emails
const logged: EmailHead[] = []
beforeAll(async () => {
  stores = await openStores()
  desk = new Emails({ ...stores, onLogged: ({ email }) => logged.push(email) })
})
afterAll(() => stores[Symbol.asyncDispose]())
beforeEach(async () => {
  await stores.clear()
  logged.length = 0
})

const alice = aPerson()
const mallory = aPerson({ userId: 'mallory', displayName: 'Mallory' })
const all = () => storedEmails(stores)

/** The same message as the sync stores it from somebody's mailbox. */
async function synced(owner = alice, over: Partial<ReturnType<typeof aMessage>> = {}) {
  const { messageId, providerFolderId: _folder, isDraft: _draft, ...content } = aMessage(over)
  const sighting = aSighting({
    key: `sync:mailbox-${owner.userId}:${messageId}`,
    ownerUserId: owner.userId,
    messageId,
  })
  const { blind } = await stores.vault.of(WORKSPACE)
  const identity = identityOf(blind, { ...content, fromAddress: content.from?.address ?? null })
  const messageIdKey = messageIdKeyOf(blind, content.internetMessageId)
  await stores.emails.see([
    { ...content, workspaceId: WORKSPACE, identity, messageIdKey, sighting },
  ])
}

const log = async (person = alice, over: Partial<LogEmailRequest> = {}) => {
  const status = await desk.log(person, aLogRequest(over))
  if (status.state !== 'stored') throw new Error(status.state)
  return status
}

describe('a message logged by hand', () => {
  it('is an e-mail with the sighting of who logged it', async () => {
    const status = await log(alice, { bodyHtml: '<style>p{}</style><p>Good&nbsp;morning.</p>' })
    expect(status.since).toBe(stores.clock.now().toISOString())
    expect(status.sightings).toEqual([
      {
        via: 'add-in',
        mailboxAddress: 'alice@flow.example',
        folderName: null,
        since: status.since,
        byName: 'Alice',
      },
    ])
    const [email] = await all()
    expect(email).toMatchObject({ subject: 'Offer', preview: 'Good morning.', sentAt: null })
    expect(logged.map(({ _id }) => _id)).toEqual([email?._id])
  })

  it('that was synced before is the same e-mail, with one more sighting', async () => {
    await synced()
    const status = await log()
    expect(status.sightings.map(({ via }) => via)).toEqual(['sync', 'add-in'])
    expect(await all()).toHaveLength(1)
  })

  it('that is synced later is the same e-mail, with one more sighting', async () => {
    await log(alice, { bodyHtml: '<div>as Outlook shows it</div>' })
    await synced()
    const [email, ...others] = await all()
    expect(others).toEqual([])
    expect(email?.sightings.map(({ via }) => via)).toEqual(['add-in', 'sync'])
  })

  it('changes nothing when it is logged again, by either of its names', async () => {
    const first = await log()
    await stores.clock.advance(60_000)
    expect(await log()).toEqual(first)
    const { internetMessageId: _none, ...byItem } = aLogRequest()
    expect(await desk.log(alice, byItem)).toEqual(first)
    expect(await log(alice, { subject: 'Changed', bodyHtml: 'changed' })).toEqual(first)
    expect(await all()).toHaveLength(1)
  })

  it('is one e-mail when the button is pressed ten times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => log()))
    const [email, ...others] = await all()
    expect(others).toEqual([])
    expect(email?.sightings).toHaveLength(1)
  })

  it('without a Message-ID is known again by its item id', async () => {
    const { internetMessageId: _none, ...request } = aLogRequest({ sentAt: '2026-11-20T08:59:30Z' })
    await desk.log(alice, request)
    await desk.log(alice, { ...request, subject: 'Edited meanwhile' })
    expect(await all()).toHaveLength(1)
  })
})

describe('a colleague’s e-mail', () => {
  it('is joined by who logs the same words, whatever the markup', async () => {
    await synced(bob)
    const status = await log(alice, {
      bodyHtml: '<html><head><title>x</title></head><div>Good\n morning.</div>',
    })
    expect(status.sightings.map(({ via }) => via)).toEqual(['add-in'])
    const [email, ...others] = await all()
    expect(others).toEqual([])
    expect(email?.sightings.map(({ ownerUserId }) => ownerUserId)).toEqual([BOB, alice.userId])
  })

  it('is not opened to who knows its Message-ID and not its words', async () => {
    await synced(bob, { bodyHtml: '<p>The price is 7.</p>', preview: 'The price is 7.' })
    const status = await log(mallory, { bodyHtml: '<p>guess</p>' })
    const { emails } = await desk.page(mallory, { limit: 9, cursor: null })
    expect(emails.map(({ preview }) => preview)).toEqual(['guess'])
    expect(await all()).toHaveLength(2)
    expect(await log(mallory, { bodyHtml: '<p>guess</p>' })).toEqual(status)
  })

  it('is not opened by the words of another e-mail under the same Message-ID', async () => {
    const guess = { bodyHtml: '<p>guess</p>' }
    const accomplice = aPerson({ userId: 'accomplice' })
    await log(accomplice, { ...guess, from: { name: 'Eve', address: 'eve@evil.example' } })
    await synced(bob, { bodyHtml: '<p>The price is 7.</p>', preview: 'The price is 7.' })
    await log(mallory, guess)
    const { emails } = await desk.page(mallory, { limit: 9, cursor: null })
    expect(emails.map(({ preview }) => preview)).toEqual(['guess'])
  })

  it('is not opened by having no words either', async () => {
    await synced(bob, { bodyHtml: '<img src="cid:plan">', preview: '', subject: 'The plan' })
    await log(mallory, { bodyHtml: '', subject: 'guess' })
    const { emails } = await desk.page(mallory, { limit: 9, cursor: null })
    expect(emails.map(({ subject }) => subject)).toEqual(['guess'])
  })

  it('is another one when it came from another sender under the same Message-ID', async () => {
    await synced(bob)
    await log(alice, { from: { name: 'Eve', address: 'eve@evil.example' } })
    expect(await all()).toHaveLength(2)
  })

  it('in another workspace is never met', async () => {
    await synced(bob)
    await log(aPerson({ workspaceId: 'other' }))
    expect(await all()).toHaveLength(2)
  })
})
