import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { CrashPoint } from '../../../webhook/crash-points.ts'
import type { RunContext } from '../../../webhook/sync/run-folder.ts'
import { EmailStore } from '../../../webhook/store/email-store.ts'
import { LedgerStore } from '../../../webhook/store/ledger-store.ts'
import { ALICE, fill } from '../provider/graph/graphs.ts'
import { LEASE_MS } from '../store/open-stores.ts'
import { aConnectedMailbox, type ConnectedMailbox } from './a-mailbox.ts'

let box: ConnectedMailbox
let inbox: string
beforeEach(async () => {
  box = await aConnectedMailbox()
  inbox = await box.watch('inbox')
})
afterEach(() => box[Symbol.asyncDispose]())

const claim = async () => (await box.queue.claim())!

/** Stores that stop before their first write until somebody lets them go on: a worker under SIGSTOP. */
function aSleeper() {
  let [fallAsleep, wake] = [() => {}, () => {}]
  const sleeps = new Promise<void>((resolve) => (fallAsleep = resolve))
  const woken = new Promise<void>((resolve) => (wake = resolve))
  class SlowEmails extends EmailStore {
    override async see(seen: Parameters<EmailStore['see']>[0]) {
      fallAsleep()
      await woken
      return super.see(seen)
    }
  }
  class SlowLedger extends LedgerStore {
    override async known(...args: Parameters<LedgerStore['known']>) {
      const known = await super.known(...args)
      fallAsleep()
      await woken
      return known
    }
  }
  return { sleeps, wake, emails: new SlowEmails(box), ledger: new SlowLedger(box.db) }
}

/** The sleeper starts a pass, sleeps past its lease; a successor does the pass; then the sleeper wakes. */
type Sleep = Pick<ReturnType<typeof aSleeper>, 'sleeps' | 'wake'>

async function takenOver({ sleeps, wake, ...over }: Sleep & Partial<RunContext>) {
  const visited: CrashPoint[] = []
  const sleeping = box.run(await claim(), undefined, { ...over, crash: (at) => visited.push(at) })
  await sleeps
  await box.clock.advance(LEASE_MS)
  const successor = (await box.queueOf('successor').claim())!
  await box.run(successor, undefined, { queue: box.queueOf('successor') })
  const before = { emails: await box.storedEmails(), accounts: await box.accounts() }
  wake()
  await sleeping
  return { visited, before }
}

describe('a worker that slept past its lease', () => {
  it('before it wrote writes nothing', async () => {
    await fill(box.twin, 5)
    const { ledger, sleeps, wake } = aSleeper()
    const { visited, before } = await takenOver({ ledger, sleeps, wake })
    expect(visited).toContain('page-decided')
    expect(visited).not.toContain('emails-written')
    expect({ emails: await box.storedEmails(), accounts: await box.accounts() }).toEqual(before)
    expect(box.failures).toEqual([])
  })

  it('while it wrote changes nothing, and the folder is compared at once', async () => {
    await fill(box.twin, 5)
    const { emails, sleeps, wake } = aSleeper()
    const { before } = await takenOver({ emails, sleeps, wake })
    expect({ emails: await box.storedEmails(), accounts: await box.accounts() }).toEqual(before)
    const folder = await box.folder(inbox)
    expect(folder.proofDueAt).toEqual(box.clock.now())
    expect(folder.dueAt).toEqual(box.clock.now())
    await box.work()
    expect((await box.folder(inbox)).proof).toMatchObject({ equal: true, at: box.clock.now() })
  })

  it('does not bring back mail that was deleted meanwhile', async () => {
    const [ref] = await fill(box.twin, 3)
    const { emails, sleeps, wake } = aSleeper()
    const sleeping = box.run(await claim(), undefined, { emails })
    await sleeps
    await box.clock.advance(LEASE_MS)
    box.graph.mailboxes.remove(ALICE, ref!.defaultId, { purge: true })
    const successor = (await box.queueOf('successor').claim())!
    await box.run(successor, undefined, { queue: box.queueOf('successor') })
    wake()
    await sleeping
    await box.work()
    const account = await box.ledger.byMessageId(box.mailbox._id, ref!.immutableId)
    expect(account?.state ?? 'unknown').not.toBe('stored')
    expect((await box.folder(inbox)).proof?.equal).toBe(true)
  })
})

describe('two folders that are read at the same time', () => {
  it.each(['inbox first', 'archive first', 'both at once'])(
    'account once for mail that moves between them: %s',
    async (order) => {
      const archive = await box.watch('archive')
      const refs = await fill(box.twin, 12)
      await box.work()
      box.graph.mailboxes.bulkMove(
        ALICE,
        refs.map(({ immutableId }) => immutableId),
        'archive',
      )
      const folders = order === 'archive first' ? [archive, inbox] : [inbox, archive]
      if (order === 'both at once') {
        await box.queue.ring(folders)
        await box.clock.advance(2_000)
        await Promise.all([box.run(await claim()), box.run(await claim())])
        await box.clock.advance(LEASE_MS)
        await box.work()
      } else for (const folder of folders) await box.ringAndWork(folder)
      const accounts = await box.accounts()
      expect(accounts).toHaveLength(12)
      expect(accounts.every((one) => one.state === 'stored' && one.folderId === archive)).toBe(true)
      const places = (await box.storedEmails()).flatMap(({ sightings }) => sightings)
      expect(places).toHaveLength(12)
      expect(new Set(places.map(({ folderName }) => folderName))).toEqual(new Set(['Archive']))
    },
  )
})
