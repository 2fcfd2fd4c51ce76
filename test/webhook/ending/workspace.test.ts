import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Readable } from 'node:stream'
import { workspaceKeyModel } from '../../../models/keys/workspace-key.ts'
import { AuditDesk } from '../../../webhook/audit/audit-desk.ts'
import { attachmentChores } from '../../../webhook/attachments/chores.ts'
import { Checkpoints } from '../../../webhook/audit/checkpoints.ts'
import { openContacts } from '../../../webhook/contacts/contact-desks.ts'
import { ContactStore } from '../../../webhook/contacts/store/contact-store.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import {
  countDocuments,
  workspaceModels,
} from '../../../webhook/ending/workspace/workspace-documents.ts'
import { WorkspaceEndingStore } from '../../../webhook/ending/workspace/workspace-ending-store.ts'
import { openEnding } from '../../../webhook/ending/open-ending.ts'
import { RootKey } from '../../../webhook/keys/root-key.ts'
import type { WorkspaceKeys } from '../../../webhook/keys/workspace-keys.ts'
import { Rotation } from '../../../webhook/rotation/rotation.ts'
import { sealedModels } from '../../../webhook/rotation/rewrap.ts'
import { SessionStore } from '../../../webhook/store/sign-in/session-store.ts'
import { upkeepChores } from '../../../webhook/upkeep/upkeep.ts'
import { aNewMailbox, anEmail, WORKSPACE } from '../../support/builders.ts'
import { ROOT_KEY, vaultOn } from '../../support/keys.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { admin, alice } from '../rules/a-ruled-mailbox.ts'
import { anEndingMailbox, type EndingMailbox } from './an-ending-mailbox.ts'

const OTHER = '22222222-2222-4222-8222-222222222222'

let box: EndingMailbox
let inbox = ''
let cookie = ''
let contacts: ReturnType<typeof openContacts>
beforeEach(async () => {
  box = await anEndingMailbox()
  inbox = await box.watchIn(box.mailbox)
  for (let n = 0; n < 3; n++) await box.deliver({ subject: `Mail ${n}` })
  await box.ringAndWork(inbox)
  await box.policy({ retentionDays: 300 })
  const expiresAt = new Date(box.clock.now().getTime() + HOUR)
  const { workspaceId, userId, displayName } = admin
  cookie = await new SessionStore(box).create({
    ...{ workspaceId, userId, displayName, address: 'a@flow.example', roles: ['admin'], expiresAt },
  })
  await box.tokenCaches.save(box.mailbox.homeAccountId!, 'tokens', 0)
  await box.blobs.keep(WORKSPACE, Readable.from([Buffer.alloc(600_000, 'file')]))
  const [email] = await box.storedEmails()
  await box.attachmentQueue.want([{ emailId: email!._id, workspaceId: WORKSPACE }])
  contacts = openContacts({
    ...{ ...box, contacts: new ContactStore(box) },
    policies: { ownDomains: async () => new Set() },
    reevaluate: async () => undefined,
  })
  const carol = { address: 'carol@customer.example', formerSince: null }
  const about = { name: 'Carol', jobTitle: '', phone: '' }
  await contacts.desks.contacts.create(alice, { ...about, addresses: [carol.address] })
  // Matching that nobody has finished.
  await contacts.matcher
    .around({ workspaceId: WORKSPACE, addressKeys: ['some'] }, () => Promise.reject(new Error()))
    .catch(() => undefined)
  await anotherWorkspace()
})
afterEach(() => box[Symbol.asyncDispose]())

async function anotherWorkspace(): Promise<void> {
  await box.emails.see([anEmail({ workspaceId: OTHER, subject: 'Theirs' })])
  const theirs = { workspaceId: OTHER, providerUserId: 'carol', ownerUserId: 'carol' }
  await box.mailboxes.connect(aNewMailbox({ ...theirs, homeAccountId: `carol.${OTHER}` }))
}

const end = () => box.ending.desk.endWorkspace(admin, { workspaceId: WORKSPACE })
const state = () => box.ending.desk.workspaceEnd(WORKSPACE)
/** Every sealed document of the workspace, as whoever stole a dump has it. */
async function stolen() {
  const documents: { collection: string; _id: string; sealed: never }[] = []
  for (const model of sealedModels(box.db))
    for (const { _id, sealed } of await model.find({ workspaceId: WORKSPACE }).lean())
      if (sealed)
        documents.push({ collection: model.collection.name, _id, sealed: sealed as never })
  return documents
}
const opens = (
  keys: WorkspaceKeys,
  { collection, _id, sealed }: Awaited<ReturnType<typeof stolen>>[number],
) => {
  const of = { collection, id: _id }
  try {
    keys.opener(of, sealed)
    return true
  } catch {
    return false
  }
}
const freshVault = () => vaultOn(box.db, box.clock)

describe('a workspace that is ended', () => {
  it('leaves nothing that anybody can open, in the database or in a dump of before', async () => {
    const dump = await stolen()
    expect(new Set(dump.map(({ collection }) => collection)).size).toBeGreaterThan(7)
    const keysBefore = await freshVault().of(WORKSPACE)
    expect(dump.filter((one) => !opens(keysBefore, one))).toEqual([])

    await end()
    await box.settle([0, 11, 3, 1])
    expect(await state()).toMatchObject({ state: 'ended', keysDestroyed: 2 })
    const keys = await workspaceKeyModel(box.db).find({ workspaceId: WORKSPACE }).lean()
    expect(keys.map(({ wrapped }) => wrapped)).toEqual([null, null])
    for (const vault of [freshVault(), box.vault])
      await expect(vault.of(WORKSPACE)).rejects.toMatchObject({ code: 'keys-destroyed' })
    // What is left of it, and what a dump of before has: no key of anybody else's opens it.
    const others = await freshVault().of(OTHER)
    expect([...dump, ...(await stolen())].filter((one) => opens(others, one))).toEqual([])
  })

  it('leaves its audit chain, which is whole, and no other document', async () => {
    await end()
    await box.settle([0, 11, 3, 1])
    const left: string[] = []
    for (const model of Object.values(box.db.models))
      if (model.schema.path('workspaceId') && (await model.exists({ workspaceId: WORKSPACE })))
        left.push(model.modelName)
    expect(left.toSorted()).toEqual(['AuditEntry', 'WorkspaceEnding', 'WorkspaceKey'])
    for (const name of ['BlobChunk', 'StraySearch'])
      expect([name, await box.db.model(name).countDocuments({})]).toEqual([name, 0])
    const desk = new AuditDesk(box)
    expect(await desk.verify(WORKSPACE)).toMatchObject({ isGood: true, faults: [] })
    const { entries } = await desk.page(WORKSPACE, {}, { limit: 1, before: null })
    expect(entries[0]).toMatchObject({ action: 'workspace-ended', details: null })
  })

  it('rings no more, and no pass and no request is made for it', async () => {
    expect(box.graph.subscriptions.all()).toHaveLength(1)
    await end()
    await box.chores()
    expect(box.graph.subscriptions.all()).toEqual([])
    const asked = box.twin.seen.length
    await box.queue.ring([inbox])
    await box.clock.advance(5_000)
    expect(await box.work()).toBe(0)
    await box.settle([0, 11, 3, 1])
    await box.queue.ring([inbox])
    expect(await box.work()).toBe(0)
    expect(box.twin.seen).toHaveLength(asked)
  })

  it('signs everybody out at once, and lets nobody in', async () => {
    const sessions = new SessionStore(box)
    expect(await sessions.find(cookie)).not.toBeNull()
    await end()
    expect(await sessions.find(cookie)).toBeNull()
    const admit = new WorkspaceEndingStore(box.db)
    await expect(admit.admit(WORKSPACE)).rejects.toMatchObject({ code: 'workspace-ended' })
    await expect(admit.admit(OTHER)).resolves.toBeUndefined()
    await box.settle([0, 11, 3, 1])
    await expect(admit.admit(WORKSPACE)).rejects.toMatchObject({ code: 'workspace-ended' })
  })

  it('troubles no chore and no other workspace, at any moment of it', async () => {
    const { db, vault, clock, parts } = box
    const { workspaceKeys } = parts
    const rotation = new Rotation({ db, vault, workspaceKeys, root: new RootKey(ROOT_KEY), clock })
    const upkeep = { ...box, random: () => 1, onMailboxChanged: () => undefined }
    const checkpoints = new Checkpoints({
      ...{ audits: box.audits, audit: box.audit, signer: box.signer, clock, file: null },
      ...{ everyMs: MINUTE, onCheckpoint: () => undefined },
    })
    const all = [
      (signal: AbortSignal) => box.subscriptions.renewDue(signal),
      (signal: AbortSignal) => box.subscriptions.searchStrays(signal),
      () => checkpoints.takeDue(),
      (signal: AbortSignal) => rotation.goOnEverywhere(5_000, signal),
      ...upkeepChores(upkeep),
      ...attachmentChores({ ...box, attachmentLimit: async () => 1 }),
      ...contacts.chores,
      ...box.ending.chores,
    ]
    await end()
    for (let minute = 0; minute < 20; minute++) {
      for (const chore of all) await chore(untilTheEnd)
      await box.work()
      expect(await rotation.states()).not.toEqual([])
      const their = await box.emails.findByIdentity(OTHER, 'id:one')
      expect(their?.subject).toBe('Theirs')
      expect(await box.mailboxes.everywhere()).not.toEqual([])
      await clock.advance(MINUTE)
    }
    expect((await state()).state).toBe('ended')
    expect(await countDocuments(db, OTHER)).toMatchObject([
      ...[
        { of: 'emails', documents: 1 },
        { of: 'mailboxes', documents: 1 },
      ],
    ])
  })

  it('was written down before anything was done, with what it had', async () => {
    const audit = { write: () => Promise.reject(new Error('the audit log is down')) }
    const { desk } = openEnding({ ...box.parts, audit })
    const workspaceId = WORKSPACE
    await expect(desk.endWorkspace(admin, { workspaceId })).rejects.toThrow('is down')
    expect(await state()).toMatchObject({ state: 'alive' })
    const before = await state()
    expect(before.counts).toEqual(
      expect.arrayContaining([
        ...[
          { of: 'emails', documents: 3 },
          { of: 'sessions', documents: 1 },
        ],
      ]),
    )
    expect(await end()).toMatchObject({ state: 'stopping', counts: before.counts })
    const { entries } = await new AuditDesk(box).page(WORKSPACE, {}, { limit: 1, before: null })
    expect(entries[0]).toMatchObject({ action: 'workspace-ended', details: { emails: 3 } })
  })

  it('is not ended by whoever types another id, nor twice', async () => {
    const { desk } = box.ending
    await expect(desk.endWorkspace(admin, { workspaceId: OTHER })).rejects.toMatchObject({
      code: 'invalid-request',
    })
    expect((await state()).state).toBe('alive')
    const first = await end()
    await box.clock.advance(MINUTE)
    expect((await end()).at).toBe(first.at)
  })

  it('has an account of its end that nobody can alter unseen', async () => {
    await end()
    await box.settle([0, 11, 3, 1])
    const { report, signature } = await box.ending.desk.signedEnd(WORKSPACE)
    expect(report).toMatchObject({ format: 'flowcrm-workspace-end/1', state: 'ended' })
    const told = report.counts.reduce((sum, { documents }) => sum + documents, 0)
    expect(report.deleted).toBeGreaterThanOrEqual(told - 1)
    const payload = Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString('utf8')
    expect(JSON.parse(payload)).toEqual(report)
  })

  it('is ended for good though every instance dies now and then', async () => {
    await end()
    for (let minute = 0; minute < 25; minute++) {
      const abort = new AbortController()
      if (minute % 2) abort.abort()
      const vault = freshVault()
      await box.chores(abort.signal, openEnding({ ...box.parts, vault }))
      await box.clock.advance(3 * MINUTE)
    }
    expect((await state()).state).toBe('ended')
  })
})

describe('every collection', () => {
  it('belongs to workspaces, or is known not to', () => {
    const owned = new Set(workspaceModels(box.db).map(({ modelName }) => modelName))
    const others = Object.keys(box.db.models).filter((name) => !owned.has(name))
    // Chunks go with their files, searches with their mailboxes; a doubt about a blob settles itself.
    expect(others.toSorted()).toEqual(
      [
        ...['AuditEntry', 'BlobChunk', 'BlobDoubt', 'Instance', 'StraySearch'],
        ...['WorkspaceEnding', 'WorkspaceKey'],
      ].toSorted(),
    )
  })
})
