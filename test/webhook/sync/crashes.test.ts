import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ledgerEntryModel } from '../../../models/ledger-entry.ts'
import { crashPoints, type CrashPoint } from '../../../webhook/crash-points.ts'
import { FolderQueue } from '../../../webhook/queue/folder-queue.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { FolderStore } from '../../../webhook/store/folder-store.ts'
import { LedgerStore } from '../../../webhook/store/ledger-store.ts'
import { ALICE, aMime, fill } from '../provider/graph/graphs.ts'
import { COALESCE_MS, LEASE_MS } from '../store/open-stores.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
let archive: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
  archive = await box.watch('archive')
})
afterEach(() => box[Symbol.asyncDispose]())

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

/** A worker that dies at the first visit of `point`; others take over when its lease has run out. */
function aMortalWorker(point: CrashPoint) {
  const { db, clock, vault } = box
  let dead = false
  const crash = (at: CrashPoint) => {
    if (dead || at !== point) return
    dead = true
    throw new Error(`dies at ${point}`)
  }
  const queue = new FolderQueue({
    ...{ db, clock, owner: 'mortal', coalesceMs: COALESCE_MS, leaseMs: LEASE_MS },
  })
  const over = {
    crash,
    queue: mortal(queue, () => dead),
    emails: mortal(new EmailStore({ db, vault, crash }), () => dead),
    ledger: mortal(new LedgerStore(db, crash), () => dead),
    folders: mortal(new FolderStore({ db, vault }), () => dead),
  }
  return { over, hasDied: () => dead }
}

/** Does what is due by this worker while it lives, then by others. */
async function workOn({ over, hasDied }: ReturnType<typeof aMortalWorker>): Promise<void> {
  if (!hasDied()) await box.work(over).catch(ignoreDeath)
  await box.clock.advance(LEASE_MS)
  await box.work()
}

const ignoreDeath = (error: unknown) => {
  if (!/dies at|is dead/.test(String(error))) throw error
}

/** Mail comes, goes, moves, is written and read; in between somebody works. */
async function aBusyDay(worker: ReturnType<typeof aMortalWorker>) {
  const { mailboxes } = box.graph
  const refs = await fill(box.twin, 25)
  const draft = { mime: aMime('Draft'), folder: 'inbox', isDraft: true }
  await mailboxes.deliver(ALICE, draft)
  await workOn(worker)
  const [deleted, away, moved, read] = refs.map(({ immutableId }) => immutableId)
  mailboxes.remove(ALICE, deleted!, { purge: true })
  mailboxes.move(ALICE, away!, 'junkemail')
  mailboxes.move(ALICE, moved!, 'archive')
  mailboxes.patch(ALICE, read!, { isRead: true })
  await mailboxes.deliver(ALICE, { mime: aMime('New') })
  await box.queue.ring([inbox, archive])
  await box.clock.advance(COALESCE_MS)
  await workOn(worker)
  return { deleted, away, moved }
}

const OF_A_PASS = crashPoints.slice(
  crashPoints.indexOf('folder-claimed'),
  crashPoints.indexOf('ids-compared'),
)
/** These need a fault or a long backfill beside the crash; each has a test where it happens. */
const ELSEWHERE: CrashPoint[] = ['peek-applied', 'message-quarantined', 'pass-failed']

describe('a worker that dies', () => {
  it.each(OF_A_PASS.filter((point) => !ELSEWHERE.includes(point)))(
    'at %s loses no mail and stores none twice',
    async (point) => {
      const worker = aMortalWorker(point)
      const { deleted, away, moved } = await aBusyDay(worker)
      expect(worker.hasDied()).toBe(true)

      const emails = await box.storedEmails()
      expect(emails).toHaveLength(26)
      expect(emails.every(({ sightings }) => sightings.length === 1)).toBe(true)
      const accounts = await box.accounts()
      expect(accounts).toHaveLength(27)
      const by = new Map(accounts.map((entry) => [entry.messageId, entry]))
      expect(by.get(deleted!)).toMatchObject({ state: 'gone', reason: 'deleted-in-mailbox' })
      expect(by.get(away!)).toMatchObject({ state: 'gone', reason: 'moved-out' })
      expect(by.get(moved!)).toMatchObject({ state: 'stored', folderId: archive })
      expect(accounts.filter(({ state }) => state === 'stored')).toHaveLength(24)
      expect(accounts.every(({ state, reason }) => state !== 'stored' || reason === 'new')).toBe(
        true,
      )
      for (const id of [inbox, archive]) {
        const folder = await box.folder(id)
        expect(folder).toMatchObject({ midRound: false, attempts: 0, lease: { owner: null } })
        expect(folder.doneSeq).toBe(folder.dirtySeq)
      }
    },
  )
})

describe('a worker that dies between an e-mail and its account', () => {
  const cases: [string, (id: string) => void, string][] = [
    [
      'moved to a folder that nobody watches',
      (id) => box.graph.mailboxes.move(ALICE, id, 'junkemail'),
      'moved-out',
    ],
    [
      'deleted for good',
      (id) => box.graph.mailboxes.remove(ALICE, id, { purge: true }),
      'deleted-in-mailbox',
    ],
    [
      'moved, and Graph does not tell,',
      (id) => {
        box.graph.mailboxes.move(ALICE, id, 'junkemail')
        box.graph.desk.killDeltaToken(ALICE, box.graph.mailboxes.folder(ALICE, 'inbox').id)
      },
      'moved-out',
    ],
  ]

  it.each(cases)(
    'leaves none that cannot be explained when its message is %s meanwhile',
    async (_what, leave, reason) => {
      await box.work()
      const { immutableId } = await box.graph.mailboxes.deliver(ALICE, { mime: aMime('New') })
      await box.queue.ring([inbox])
      await box.clock.advance(COALESCE_MS)
      const worker = aMortalWorker('emails-written')
      await box.work(worker.over).catch(ignoreDeath)
      expect(worker.hasDied()).toBe(true)
      expect(await box.accounts()).toEqual([])
      leave(immutableId)
      await box.clock.advance(LEASE_MS)
      await box.work()

      const [email] = await box.storedEmails()
      const emailId = email!._id
      expect(await box.accounts()).toEqual([
        expect.objectContaining({ messageId: immutableId, state: 'gone', reason, emailId }),
      ])
      expect(await box.folder(inbox)).toMatchObject({ isOrphaned: false })
    },
  )

  it('leaves none that cannot be explained when their folder is deleted meanwhile', async () => {
    const { id } = box.graph.mailboxes.addFolder(ALICE, 'inbox', 'Project')
    const project = await box.watch(id)
    await box.work()
    const ref = await box.graph.mailboxes.deliver(ALICE, { mime: aMime('New'), folder: id })
    await box.queue.ring([project])
    await box.clock.advance(COALESCE_MS)
    await box.work(aMortalWorker('emails-written').over).catch(ignoreDeath)
    expect(await box.storedEmails()).toHaveLength(1)
    box.graph.mailboxes.open(ALICE).eraseFolder(box.graph.mailboxes.folder(ALICE, id))
    await box.clock.advance(LEASE_MS)
    await box.work()

    expect(await box.accounts()).toEqual([
      expect.objectContaining({ messageId: ref.immutableId, state: 'gone' }),
    ])
    expect((await box.folder(project)).deletedAt).not.toBeNull()
  })

  it('and the next one dies while it accounts for what was left: the one after asks for it', async () => {
    const { immutableId } = await box.graph.mailboxes.deliver(ALICE, { mime: aMime('New') })
    await box.work()
    await ledgerEntryModel(box.db).deleteMany({}) // the store forgot it; no change will tell of it again
    await box.queue.ring([inbox])
    await box.clock.advance(COALESCE_MS)
    for (const point of ['folder-claimed', 'ledger-written'] as const) {
      const worker = aMortalWorker(point)
      await box.work(worker.over).catch(ignoreDeath)
      expect(worker.hasDied()).toBe(true)
      await box.clock.advance(LEASE_MS)
    }
    await box.work()
    expect(await box.accounts()).toEqual([
      expect.objectContaining({ messageId: immutableId, state: 'stored', retryAt: null }),
    ])
    expect(await box.storedEmails()).toHaveLength(1)
  })
})
