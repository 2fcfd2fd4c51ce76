import { MongoClient } from 'mongodb'
import { folderModel } from '../../../models/folder.ts'
import type { SignedErasureReport, SignedLifting } from '../../../models/wire/people/erasure.ts'
import { AuditStore } from '../../../webhook/audit/audit-store.ts'
import { OPERATOR } from '../../../webhook/audit/audit.ts'
import { openContacts } from '../../../webhook/contacts/contact-desks.ts'
import { ContactStore } from '../../../webhook/contacts/store/contact-store.ts'
import { openPeople, type PeopleParts } from '../../../webhook/people/open-people.ts'
import { SETTLED_AFTER_MS } from '../../../webhook/people/erasure/eraser.ts'
import { openFollowUps } from '../../../webhook/follow-up/open-follow-ups.ts'
import { SuppressionStore } from '../../../webhook/people/suppressions.ts'
import { RuleBook } from '../../../webhook/rules/rule-book.ts'
import { StatementSigner } from '../../../webhook/statement/statement-signer.ts'
import type { RunContext } from '../../../webhook/sync/run-folder.ts'
import { aPerson, WORKSPACE } from '../../support/builders.ts'
import { ROOT_KEY } from '../../support/keys.ts'
import { openersOf, type StoredDoc } from '../../checker/opener.ts'
import { anArchive } from '../attachments/an-archive.ts'
import { untilTheEnd } from '../provider/graph/graphs.ts'
import { COALESCE_MS } from '../store/open-stores.ts'

export type Office = Awaited<ReturnType<typeof anOffice>>

/** An administrator's questions. */
export const asking = { workspaceId: WORKSPACE, who: OPERATOR }
export const alice = aPerson()

/** Alice's mailbox, contacts, and people who can be erased: all in virtual time. `recorded` is what left the database. */
export async function anOffice() {
  const box = await anArchive()
  const { db, vault, clock, ruleStore, mailboxes, sightings } = box
  const suppressions = new SuppressionStore({ db, clock })
  const contactStore = new ContactStore({ db, vault, clock })
  const people = { contacts: contactStore, suppressions }
  const policies = new RuleBook({ ruleStore, mailboxes, sightings, vault, clock, ...people })
  const contacts = openContacts({
    ...{ ...box, ...people, policies },
    reevaluate: async () => undefined,
  })
  const followUps = openFollowUps({ ...box, ...contacts, contacts: contactStore, policies })
  const signer = new StatementSigner(ROOT_KEY)
  const recorded: (SignedErasureReport | SignedLifting)[] = []
  /** An instance of the service. */
  const instance = (over: Partial<PeopleParts> = {}) =>
    openPeople({
      ...{ ...box, ...contacts, contacts: contactStore, suppressions, signer },
      config: { audit: { checkpointFile: null, checkpointMs: 0 } },
      audits: new AuditStore(db),
      events: { erasureRecorded: (signed) => void recorded.push(signed) },
      ...over,
    })
  const first = instance()
  const pageSize = { first: 500, min: 500, max: 500 }
  const work = (over: Partial<RunContext> = {}) => {
    const { onStored } = contacts // a page's, which the run hands on
    const whole = { policies, onStored, pageSize, ...over }
    return box.work(whole)
  }
  return {
    ...box,
    ...{
      suppressions,
      policies,
      contacts,
      contactStore,
      followUps,
      signer,
      recorded,
      instance,
      work,
    },
    ...first,
    sync: async (over: Partial<RunContext> = {}) => {
      await box.queue.ring([box.inbox])
      await clock.advance(COALESCE_MS)
      return work(over)
    },
    /** The folder is read from its start, as after a lost cursor. */
    readAnew: async () => {
      await folderModel(db).updateMany({}, { $set: { cursor: null } })
      await box.queue.ring([box.inbox])
      await clock.advance(COALESCE_MS)
      return work()
    },
    /** What is due, and what is due after it, until every erasure has its report. */
    finishErasures: async ({ erasureChores } = first) => {
      for (let rounds = 0; rounds < 20; rounds++) {
        for (const chore of erasureChores) await chore(untilTheEnd)
        const all = await first.erasureDesk.list(asking)
        if (all.every(({ state }) => state === 'done')) return all
        await clock.advance(SETTLED_AFTER_MS)
      }
      throw new Error('an erasure does not end')
    },
    openedDump: () => openedDump(box.url),
  }
}

type Sightings = { sightings?: { key: string; details: unknown }[] }
type Chunk = { files_id: string; n: number; data: { buffer: Uint8Array } }

/** Everything in the database, and everything that is sealed in it opened with the keys: what a thief of both would read. */
export async function openedDump(url: string): Promise<string> {
  const client = await MongoClient.connect(url)
  const db = client.db()
  const { open, openStream } = await openersOf(db, ROOT_KEY)
  const parts: string[] = []
  for (const { collectionName: name } of await db.collections()) {
    for await (const found of db.collection(name).find()) {
      const doc = found as unknown as StoredDoc & Sightings
      parts.push(JSON.stringify(found))
      if (!found['sealed']) continue
      for (const field of Object.keys(doc.sealed.fields ?? {})) parts.push(open(name, doc, field))
      for (const { key, details } of doc.sightings ?? []) {
        const fields = { [`sighting ${key}`]: details } as StoredDoc['sealed']['fields']
        const sealed = { ...doc.sealed, fields }
        if (details) parts.push(open(name, { ...doc, sealed }, `sighting ${key}`))
      }
      if (name !== 'fs.files') continue
      const chunks = await db
        .collection<Chunk>('fs.chunks')
        .find({ files_id: doc._id })
        .sort({ n: 1 })
        .toArray()
      const bytes = Buffer.concat(chunks.map(({ data }) => Buffer.from(data.buffer)))
      parts.push(openStream(doc, bytes).toString('latin1'))
    }
  }
  await client.close()
  return parts.join('\n')
}

/** Every document there is, to be put back later. */
export async function backupOf(url: string) {
  const client = await MongoClient.connect(url)
  const db = client.db()
  const copies = await Promise.all(
    (await db.collections()).map(async ({ collectionName: name }) => ({
      name,
      documents: await db.collection(name).find().toArray(),
    })),
  )
  await client.close()
  return {
    /** The database as it was: nothing of what came since is left. */
    restore: async () => {
      const again = await MongoClient.connect(url)
      for (const { collectionName } of await again.db().collections())
        await again.db().collection(collectionName).deleteMany({})
      for (const { name, documents } of copies)
        if (documents.length > 0) await again.db().collection(name).insertMany(documents)
      await again.close()
    },
  }
}
