import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { BSON } from 'bson'
import { emailModel } from '../../../models/email.ts'
import { AttachmentQueue } from '../../../webhook/attachments/attachment-queue.ts'
import { AttachmentStore } from '../../../webhook/attachments/attachment-store.ts'
import { BlobStore } from '../../../webhook/attachments/blob-store.ts'
import { crashPoints, type CrashPoint } from '../../../webhook/crash-points.ts'
import { HOUR, MINUTE } from '../../../webhook/duration.ts'
import { LEASE_MS } from '../store/open-stores.ts'
import { aFile, aLargeFile, anArchive, type Archive, type Blob } from './an-archive.ts'

let archive: Archive
beforeAll(async () => {
  archive = await anArchive()
})
afterAll(() => archive[Symbol.asyncDispose]())

let round = 0
/** Words that no other test uses. */
const fresh = (text: string) => `${text} ${++round}`

const attachmentsOf = (subject: string) => archive.attachmentsOf(subject)
const contentOf = (of: Blob) => archive.contentOf(of)

/** Nothing that a dead worker still does reaches the database. */
function mortal<T extends object>(store: T, isDead: () => boolean): T {
  return new Proxy(store, {
    get(target, name) {
      if (isDead()) throw new Error('this worker is dead')
      const value: unknown = Reflect.get(target, name)
      return value instanceof Function ? (value.bind(target) as unknown) : value
    },
  })
}

/** A worker that dies at the first visit of `point`. */
function aMortalWorker(point: CrashPoint) {
  const { db, clock, vault } = archive
  let dead = false
  const crash = (at: CrashPoint) => {
    if (dead || at !== point) return
    dead = true
    throw new Error(`dies at ${point}`)
  }
  const isDead = () => dead
  const blobs = new BlobStore({ db, clock, vault, crash })
  for (const name of ['files', 'chunks', 'doubts'])
    Reflect.set(blobs, name, mortal(Reflect.get(blobs, name) as object, isDead))
  const over = {
    ...{ crash, blobs },
    attachmentQueue: mortal(new AttachmentQueue({ db, clock, leaseMs: LEASE_MS }), isDead),
    attachmentStore: mortal(new AttachmentStore({ db, vault }), isDead),
  }
  return { over, isDead }
}

const OF_A_TRY = crashPoints.slice(
  crashPoints.indexOf('attachments-claimed'),
  crashPoints.indexOf('write-back-wanted'),
)

describe('a worker that dies', () => {
  it.each(OF_A_TRY)('at %s leaves nothing half, and another goes on', async (point) => {
    const subject = fresh('Mortal')
    const small = aFile({ bytes: Buffer.from(subject) })
    await archive.receive(subject, [aLargeFile(1, 100 + round), small])
    await archive.sync()
    const before = (await archive.blobFiles()).length
    const worker = aMortalWorker(point)
    await archive.fetchDue(worker.over).catch(() => undefined)
    expect(worker.isDead()).toBe(true)
    for (const one of await attachmentsOf(subject))
      if (one.state === 'stored') expect((await contentOf(one)).length).toBe(one.size)
    await archive.clock.advance(2 * MINUTE)
    await archive.fetchDue()
    const whole = await attachmentsOf(subject)
    expect(whole.map(({ state }) => state)).toEqual(['stored', 'stored'])
    expect((await contentOf(whole[0]!)).length).toBe(1_024 * 1_024)
    await archive.clock.advance(6 * HOUR)
    await archive.upkeep()
    expect(await archive.doubts()).toBe(0)
    const files = await archive.blobFiles()
    expect(files.length).toBe(before + 2)
    const chunks = files.map(({ length, chunkSize }) => Math.ceil(length / chunkSize))
    expect(await archive.chunks()).toBe(chunks.reduce((sum, count) => sum + count, 0))
  })
})

describe('blobs', () => {
  it('go when nobody has them any more, and stay while somebody does', async () => {
    const bytes = Buffer.from(fresh('shared'))
    const [one, two] = [fresh('One'), fresh('Two')]
    await archive.receive(one, [aFile({ bytes })])
    await archive.receive(two, [aFile({ bytes })])
    await archive.sync()
    await archive.fetchDue()
    const [first] = await attachmentsOf(one)
    const [second] = await attachmentsOf(two)
    expect(first?.blobId).toBe(second?.blobId)
    await archive.clock.advance(3 * HOUR)
    await archive.upkeep()
    const forget = async (emailId: string) => {
      const blobIds = await archive.attachmentStore.blobsOf([emailId])
      await archive.attachmentStore.forget([emailId])
      await archive.blobs.doubt(blobIds)
    }
    await forget(first!.emailId)
    await archive.clock.advance(6 * HOUR)
    await archive.upkeep()
    expect(await contentOf(second!)).toEqual(bytes)
    await forget(second!.emailId)
    await archive.clock.advance(6 * HOUR)
    await archive.upkeep()
    expect(await archive.blobs.open(second!.workspaceId, second!.blobId ?? '')).toBeNull()
    expect(await archive.doubts()).toBe(0)
  })

  it('of an e-mail that is no more go, though whoever lets go of them dies in the middle', async () => {
    const subject = fresh('Let go')
    await archive.receive(subject, [aFile({ bytes: Buffer.from(subject) })])
    await archive.sync()
    await archive.fetchDue()
    const [{ emailId, workspaceId, blobId } = { emailId: '', workspaceId: '', blobId: null }] =
      await attachmentsOf(subject)
    await archive.clock.advance(3 * HOUR)
    await archive.upkeep()
    await emailModel(archive.db).deleteOne({ _id: emailId })
    await archive.attachmentQueue.again([emailId])
    let dead = false
    const isDead = () => dead
    const { db, vault } = archive
    const attachmentStore = new AttachmentStore({ db, vault })
    const forgets = Object.create(attachmentStore) as AttachmentStore
    forgets.forget = async (ids) => attachmentStore.forget(ids).then(() => void (dead = true))
    const over = { attachmentStore: forgets, blobs: mortal(archive.blobs, isDead) }
    await archive
      .fetchDue({ ...over, attachmentQueue: mortal(archive.attachmentQueue, isDead) })
      .catch(() => undefined)
    expect(isDead()).toBe(true)
    await archive.clock.advance(6 * HOUR)
    await archive.upkeep()
    expect(await archive.blobs.open(workspaceId, blobId ?? '')).toBeNull()
  })

  it('that were changed or cut are not given out as if they were whole', async () => {
    const { blobId } = await archive.blobs.keep('w', aLargeFile(1, 99).streamed!.open())
    const chunks = archive.db.collection('fs.chunks')
    await chunks.deleteOne({ files_id: blobId, n: 4 })
    await expect(contentOf({ workspaceId: 'w', blobId })).rejects.toMatchObject({
      code: 'seal-broken',
    })
    await chunks.updateOne({ files_id: blobId, n: 0 }, { $set: { data: Buffer.alloc(261_120) } })
    await expect(contentOf({ workspaceId: 'w', blobId })).rejects.toMatchObject({
      code: 'seal-broken',
    })
    expect(await archive.blobs.open('another', blobId)).toBeNull()
  })

  it('of no bytes are blobs too', async () => {
    const empty = async function* () {} as () => AsyncGenerator<Uint8Array>
    const { blobId, size } = await archive.blobs.keep('w', empty())
    expect(size).toBe(0)
    expect(await contentOf({ workspaceId: 'w', blobId })).toEqual(Buffer.alloc(0))
  })
})

describe('a dump of the database', () => {
  it('holds nothing of attachments that can be read: no names, no types, no bytes', async () => {
    const secret = (n: number) => `canary-${n}-${'x'.repeat(40)}`
    const files = Array.from({ length: 25 }, (_, n) =>
      aFile({
        name: `${secret(n)}.pdf`,
        contentType: `application/${secret(n)}`,
        contentId: secret(n),
        bytes: Buffer.from(`${secret(n)} `.repeat(20)),
      }),
    )
    const link = aFile({ kind: 'reference', name: secret(25), bytes: Buffer.alloc(0) })
    await archive.receive(fresh('Canaries'), [...files, link])
    await archive.sync()
    await archive.fetchDue()
    expect((await attachmentsOf(`Canaries ${round}`)).map(({ name }) => name)).toContain(secret(25))
    const collections = (await archive.db.db?.collections()) ?? []
    expect(collections.map(({ collectionName }) => collectionName)).toContain('fs.chunks')
    for (const collection of collections)
      for await (const document of collection.find({}, { promoteBuffers: true })) {
        const dumped = Buffer.from(BSON.serialize(document)).toString('latin1')
        expect(dumped.includes('canary-')).toBe(false)
        expect(dumped.includes('exvsurl')).toBe(false)
      }
  })
})

describe('memory', () => {
  it('holds a little of a file of 40 MB at a time, however large it is', async () => {
    const size = 40 * 1_024 * 1_024
    let [read, written, most] = [0, 0, 0]
    const reading = (async function* () {
      for await (const piece of aLargeFile(40, 200).streamed!.open()) {
        read += (piece as Buffer).length
        most = Math.max(most, read - written)
        yield piece as Buffer
      }
    })()
    const insertMany = async ([chunk]: { data: Buffer }[]) => {
      await new Promise((slowly) => setImmediate(slowly))
      written += chunk!.data.length
    }
    const blobs = new BlobStore(archive)
    Reflect.set(blobs, 'chunks', { collection: { insertMany } })
    expect(await blobs.keep('w', reading)).toMatchObject({ size })
    expect(written).toBeGreaterThan(size)
    expect(most).toBeLessThan(1_024 * 1_024)
  })
})
