import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { EmailDetail } from '../../../models/wire/email-detail.ts'
import type { AuditEntry } from '../../../webhook/audit/audit.ts'
import { EmailAccess } from '../../../webhook/crm/access/email-access.ts'
import { Reading } from '../../../webhook/crm/reading/reading.ts'
import { NotFoundError } from '../../../webhook/errors.ts'
import { HtmlCleaner, threadOf } from '../../../webhook/html/cleaner.ts'
import { emailIdOf } from '../../../webhook/store/email-store.ts'
import {
  aFolderToWatch,
  anEmail,
  aPerson,
  aSighting,
  bob,
  BOB,
  NOW,
  WORKSPACE,
} from '../../support/builders.ts'
import { openStores, type OpenStores } from '../store/open-stores.ts'

let stores: OpenStores
let desk: Reading
let written: AuditEntry[]
let isAuditDown = false
const cleaner = new HtmlCleaner({
  startThread: () => threadOf(path.resolve('webhook/html/worker.ts')),
  onWithheld: () => undefined,
  onThreadFailed: () => undefined,
})
const audit = {
  write: async (entry: AuditEntry) => {
    if (isAuditDown) throw new Error('the audit log is down')
    written.push(entry)
  },
}

beforeAll(async () => {
  stores = await openStores()
  const access = new EmailAccess(stores)
  desk = new Reading({ ...stores, access, cleaner, audit, publicUrl: 'https://crm.test' })
})
afterAll(async () => {
  await cleaner.close()
  await stores[Symbol.asyncDispose]()
})

const alice = aPerson()
const id = emailIdOf(WORKSPACE, 'id:one')
beforeEach(async () => {
  await stores.clear()
  written = []
  isAuditDown = false
  const bodyHtml =
    '<p onclick="x()">Hello</p><img src="https://a.test/1.gif"><img src="https://crm.test/auth">'
  const inbox = await stores.folders.watch(aFolderToWatch(), NOW)
  const place = { providerFolderId: 'secret', displayName: 'Secret' }
  const secret = await stores.folders.watch(aFolderToWatch(place), NOW)
  await stores.emails.see([anEmail({ bodyHtml, sighting: aSighting({ folderId: inbox }) })])
  const bobs = aSighting({ key: 'bob', ownerUserId: BOB, folderId: secret })
  await stores.emails.see([anEmail({ sighting: bobs })])
})

describe('one e-mail', () => {
  it('is told with its parties and the reader’s own sightings, without its body', async () => {
    const detail = await desk.detail(alice, id)
    expect(EmailDetail.parse(detail)).toEqual(detail)
    expect(detail).toMatchObject({ id, subject: 'Offer', from: { name: 'Carol' }, bcc: [] })
    expect(detail.sightings.map(({ folderName }) => folderName)).toEqual(['Inbox'])
    expect((await desk.detail(bob, id)).sightings).toMatchObject([{ folderName: 'Secret' }])
    expect(JSON.stringify(detail)).not.toContain('onclick')
  })

  it('says who sent it only where that is somebody else', async () => {
    const carol = { name: 'Carol', address: 'Carol@customer.example' }
    const office = { name: 'Office', address: 'office@customer.example' }
    for (const [identity, sender] of [
      ['id:own', carol],
      ['id:office', office],
    ] as const)
      await stores.emails.see([anEmail({ identity, sender })])
    const senderOf = async (identity: string) =>
      (await desk.detail(alice, emailIdOf(WORKSPACE, identity))).sender
    expect(await senderOf('id:own')).toBeNull()
    expect(await senderOf('id:office')).toEqual(office)
  })

  it('is shown clean, its pictures when they are asked for, but never a request to us', async () => {
    expect(await desk.body(alice, id, 'block')).toEqual({
      state: 'clean',
      html: '<p>Hello</p><img /><img />',
      blockedRemote: 1,
    })
    expect(await desk.body(alice, id, 'show')).toEqual({
      state: 'clean',
      html: '<p>Hello</p><img src="https://a.test/1.gif" /><img />',
      blockedRemote: 0,
    })
  })

  it.each([
    ['a colleague who has not got it', aPerson({ userId: 'carol' })],
    ['an administrator who has not got it', aPerson({ userId: 'dora', roles: ['admin'] })],
    ['somebody of the same id elsewhere', aPerson({ workspaceId: 'other' })],
  ])('does not exist for %s, and nothing is written down', async (_who, person) => {
    await expect(desk.detail(person, id)).rejects.toBeInstanceOf(NotFoundError)
    await expect(desk.body(person, id, 'block')).rejects.toBeInstanceOf(NotFoundError)
    expect(written).toEqual([])
  })

  it('does not exist when nobody has it', async () => {
    await expect(desk.body(alice, 'no-such-email', 'block')).rejects.toBeInstanceOf(NotFoundError)
  })

  it('leaves an entry for each view, and is not shown when that cannot be written', async () => {
    await desk.body(alice, id, 'show')
    expect(written).toEqual([
      {
        workspaceId: WORKSPACE,
        who: { userId: alice.userId, role: 'member' },
        action: 'email-viewed',
        object: { kind: 'email', id },
        details: { shown: 'body', level: 'full', remotePictures: true },
      },
    ])
    isAuditDown = true
    await expect(desk.body(alice, id, 'block')).rejects.toThrow('down')
  })
})
