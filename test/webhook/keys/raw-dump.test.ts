import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { BSON, MongoClient } from 'mongodb'
import { SessionStore } from '../../../webhook/store/sign-in/session-store.ts'
import { contactModel } from '../../../models/contacts/contact.ts'
import { RootKey } from '../../../webhook/keys/root-key.ts'
import { ACTIVE_AFTER_MS } from '../../../webhook/keys/vault.ts'
import { DESTROY_AFTER_MS, Rotation } from '../../../webhook/rotation/rotation.ts'
import { WorkspaceKeyStore } from '../../../webhook/store/workspace-key-store.ts'
import { Members } from '../../../webhook/people/members.ts'
import { CompanyStore } from '../../../webhook/contacts/store/company-store.ts'
import { ContactStore } from '../../../webhook/contacts/store/contact-store.ts'
import { SuggestionStore } from '../../../webhook/contacts/suggestions/suggestion-store.ts'
import { TokenCacheStore } from '../../../webhook/store/sign-in/token-cache-store.ts'
import {
  aFolderToWatch,
  ALICE,
  aNewMailbox,
  anEmail,
  aSighting,
  NOW,
  WORKSPACE,
} from '../../support/builders.ts'
import { ROOT_KEY, vaultOn } from '../../support/keys.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

const CANARIES = 1_000

let stores: OpenStores
const planted: string[] = []
let emailWithFile = ''
/** A word that is nowhere else, a little longer each time so that no text is like another. */
const canary = (kind: string): string => {
  const word = `canary-${kind}-${planted.length}-${((planted.length + 1) * 7_919).toString(36)}`
  planted.push(word)
  return word
}
const party = (kind: string) => ({
  name: canary(`${kind}-name`),
  address: `${canary(kind)}@${kind}.example`,
})

/** K4: everything that a workspace knows of people and their mail, in every collection that has such. */
beforeAll(async () => {
  stores = await openStores()
  const { mailboxes, folders } = stores
  const address = `${canary('mailbox')}@flow.example`
  const box = await mailboxes.connect(aNewMailbox({ address, displayName: canary('owner') }))
  await mailboxes.pause(box._id, { at: NOW, byName: canary('paused-by') })
  const named = aFolderToWatch({ mailboxId: box._id, displayName: canary('folder') })
  const folderId = await folders.watch(named, NOW)
  await folders.rename({ _id: folderId, workspaceId: WORKSPACE }, canary('renamed'))
  const sessions = new SessionStore(stores)
  const expiresAt = new Date(stores.clock.now().getTime() + 1_000)
  const person = { workspaceId: WORKSPACE, userId: ALICE, roles: [], expiresAt }
  await sessions.create({ ...person, displayName: canary('user'), address: canary('username') })
  const member = { workspaceId: WORKSPACE, userId: ALICE, roles: [] }
  const known = { displayName: canary('member'), address: canary('member-address') }
  await new Members(stores).signedIn({ ...member, ...known })
  const caches = new TokenCacheStore(stores)
  await caches.save(`${ALICE}.${WORKSPACE}`, JSON.stringify({ secret: canary('refresh') }), 0)
  await plantPeople()
  for (let n = 0; planted.length < CANARIES; n++) await plantEmail(n, folderId)
})
afterAll(() => stores[Symbol.asyncDispose]())

/** Contacts, companies, strangers and rules. */
async function plantPeople(): Promise<void> {
  const company = { name: canary('company'), domains: [`${canary('domain')}.example`] }
  await new CompanyStore(stores).create(WORKSPACE, [company])
  const address = `${canary('contact')}@person.example`
  const person = { name: canary('person'), jobTitle: canary('job'), phone: canary('phone') }
  const contact = { ...person, addresses: [{ address, formerSince: null }], companyId: null }
  await new ContactStore(stores).create(WORKSPACE, [contact], () => [])
  const stranger = { name: canary('stranger'), address: `${canary('unknown')}@person.example` }
  const seen = { ...stranger, ownerUserId: ALICE, at: NOW }
  await new SuggestionStore(stores).note(WORKSPACE, [seen])
  await stores.ruleStore.add(
    { workspaceId: WORKSPACE, ownerId: WORKSPACE },
    {
      ...{ version: 1, savedAt: NOW, byUserId: ALICE, restored: null },
      ...{ rules: { neverLog: [canary('rule')] }, byName: canary('rule-maker') },
    },
  )
}

/** With a file of 300 kB, so that GridFS has two chunks of it. */
async function plantAttachment(emailId: string): Promise<void> {
  emailWithFile = emailId
  const word = canary('file')
  const content = Buffer.from(`${word} `.repeat(Math.ceil(300_000 / word.length)))
  const { blobId, size } = await stores.blobs.keep(WORKSPACE, Readable.from([content]))
  const about = { name: `${canary('file-name')}.pdf`, contentType: canary('content-type') }
  const link = { contentId: canary('content-id'), link: `https://mail.example/${canary('link')}` }
  const facts = { kind: 'file', state: 'stored', reason: null, isInline: false } as const
  const of = { _id: `attachment of ${emailId}`, workspaceId: WORKSPACE, emailId, position: 0 }
  await stores.attachmentStore.note([{ ...of, ...facts, ...about, ...link, blobId, size }])
}

async function plantEmail(n: number, folderId: string): Promise<void> {
  const { blind } = await stores.vault.of(WORKSPACE)
  const internetMessageId = `<${canary('message-id')}@customer.example>`
  const email = anEmail({
    identity: `id:${blind('identity', String(n))}`,
    internetMessageId,
    messageIdKey: blind('message-id', internetMessageId),
    references: [canary('reference')],
    subject: canary('subject'),
    preview: canary('preview'),
    bodyHtml: `<p>${canary('body')}</p>`.repeat(n % 2 ? 1 : 20),
    ...{ from: party('from'), sender: party('sender'), to: [party('to')], cc: [party('cc')] },
    ...{ bcc: [party('bcc')], replyTo: [party('reply-to')] },
    sighting: aSighting({ folderId, categories: [canary('category')] }),
  })
  const [stored] = await stores.emails.see([email])
  if (n === 0) await plantAttachment(stored!.emailId)
  const byHand = { mailboxAddress: canary('logged-from'), byName: canary('logged-by') }
  await stores.emails.see([{ ...email, sighting: aSighting({ key: `hand ${n}`, ...byHand }) }])
}

/** As `mongodump` has it: every document of every collection, in BSON. */
async function dump(): Promise<Buffer> {
  const client = await MongoClient.connect(stores.url)
  const parts: Uint8Array[] = []
  for (const { collectionName } of await client.db().collections())
    for await (const document of client.db().collection(collectionName).find())
      parts.push(BSON.serialize(document))
  await client.close()
  return Buffer.concat(parts)
}

/** How a text may lie in a dump: as it is, as URLs, hex and base64 have it, whatever stands before it. */
function formsOf(text: string): string[] {
  const inside = [0, 1, 2].map((shift) => {
    const coded = Buffer.from(`${'x'.repeat(shift)}${text}`).toString('base64')
    return coded.slice(shift === 0 ? 0 : 4, -4) // without what its neighbours share
  })
  const hex = Buffer.from(text).toString('hex')
  const utf16 = Buffer.from(text, 'utf16le').toString('latin1')
  return [text, encodeURIComponent(text), hex, hex.toUpperCase(), utf16, ...inside]
}

const foundIn = (text: string) =>
  planted.filter((word) => formsOf(word).some((form) => text.includes(form)))

describe(`a dump of the database with ${CANARIES} words in it that nobody may read`, () => {
  it('shows none of them, in no form', async () => {
    const text = (await dump()).toString('latin1')
    expect(text.length).toBeGreaterThan(50_000)
    expect(planted.length).toBeGreaterThanOrEqual(CANARIES)
    expect(foundIn(text)).toEqual([])
    expect(text).not.toContain('flow.example')
    expect(text).not.toContain('customer.example')
  })

  it('would show them if they were there', () => {
    const [one, two, three] = planted as [string, string, string]
    const leak = [one, Buffer.from(`, "${two}"`).toString('base64'), encodeURI(three)].join('\n')
    expect(foundIn(leak)).toEqual([one, two, three])
  })

  it('gives whoever has the keys every word back', async () => {
    const page = await stores.emails.page(
      { workspaceId: WORKSPACE, userId: ALICE },
      { limit: CANARIES, before: null },
    )
    const all = await Promise.all(page.map(({ _id }) => stores.emails.find(_id)))
    const known = JSON.stringify(all)
    const ofMail =
      /^canary-(message-id|reference|subject|preview|body|logged-|from|sender|to|cc|bcc|reply-to)/
    const mailed = planted.filter((word) => ofMail.test(word))
    expect(mailed.length).toBeGreaterThan(CANARIES * 0.9)
    expect(mailed.filter((word) => !known.includes(word))).toEqual([])
  })
})

describe('a new key for the workspace', () => {
  it('takes over every kind of document that there is, files too', async () => {
    const { db, clock } = stores
    const workspaceKeys = new WorkspaceKeyStore(db)
    const vault = vaultOn(db, clock)
    const root = new RootKey(ROOT_KEY)
    const rotation = new Rotation({ db, vault, workspaceKeys, root, clock })
    await rotation.begin(WORKSPACE)
    await clock.advance(ACTIVE_AFTER_MS + DESTROY_AFTER_MS)
    expect(await rotation.goOn(WORKSPACE)).toMatchObject({ left: 0, older: [] })

    const [attachment] = await stores.attachmentStore.of(WORKSPACE, emailWithFile)
    const file = await stores.blobs.open(WORKSPACE, attachment!.blobId!)
    expect((await text(file!)).startsWith('canary-file-')).toBe(true)
    const contacts = await contactModel(db).find().lean()
    expect(contacts.map(({ sealed }) => sealed.version)).toEqual([2])
  })
})
