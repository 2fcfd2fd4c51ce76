import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { StoredAuditEntry } from '../../../models/audit-entry.ts'
import type { AuditCheckpoint } from '../../../models/wire/audit.ts'
import { Random } from '../../../sandbox/random.ts'
import { verifyChain } from '../../../webhook/audit/decide/verify-chain.ts'
import { openEntry } from '../../../webhook/audit/open-entry.ts'
import { OPERATOR } from '../../../webhook/audit/audit.ts'
import { ALICE, BOB, WORKSPACE } from '../../support/builders.ts'
import { aView, startAudit, type AnAudit } from './an-audit.ts'
import { tamperings } from './tampering.ts'

let log: AnAudit
beforeAll(async () => {
  log = await startAudit()
})
afterAll(() => log[Symbol.asyncDispose]())
beforeEach(() => log.raw.deleteMany({}))

const views = (count: number, over: Parameters<typeof aView>[0] = {}) =>
  Array.from({ length: count }, (_, n) =>
    aView({ object: { kind: 'email', id: `email-${n}` }, ...over }),
  )

const write = async (count: number) => {
  for (const view of views(count)) await log.audit.write(view)
}

const verify = () => log.auditDesk.verify(WORKSPACE)
const faultsOf = async () => (await verify()).faults.map(({ fault }) => fault)

describe('the audit log', () => {
  it('chains what is written, and is good', async () => {
    await write(3)
    const { entries } = await log.auditDesk.page(WORKSPACE, {}, { limit: 10, before: null })
    expect(entries.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(entries.map(({ prevHash }) => prevHash)).toEqual([
      entries[1]!.hash,
      entries[2]!.hash,
      '',
    ])
    expect(entries[0]).toMatchObject({
      who: { userId: ALICE, role: 'member' },
      action: 'email-viewed',
      object: { kind: 'email', id: 'email-2' },
      details: { level: 'full' },
    })
    expect(await verify()).toEqual({
      workspaceId: WORKSPACE,
      isGood: true,
      entries: 3,
      head: { seq: 3, hash: entries[0]!.hash },
      checkpoints: 0,
      faults: [],
    })
  })

  it('is good while there is nothing in it', async () => {
    expect(await verify()).toMatchObject({ isGood: true, entries: 0, head: { seq: 0, hash: '' } })
  })

  it('shows no details to who has the database alone', async () => {
    await log.audit.write(aView({ details: { rule: 'canary-of-the-details' } }))
    const [raw] = await log.raw.find({}).toArray()
    expect(JSON.stringify(raw)).not.toContain('canary')
    expect(Buffer.from(JSON.stringify(raw)).toString('latin1')).not.toContain('canary')
  })

  it('is one chain when 64 write at once on each of eight instances', async () => {
    const instances = Array.from({ length: 8 }, () => log.instance())
    const entries = views(512)
    await Promise.all(entries.map((entry, n) => instances[n % 8]!.audit.write(entry)))
    expect(await verify()).toMatchObject({ isGood: true, entries: 512, head: { seq: 512 } })
    const ids = (await log.raw.find({}).toArray()).map(({ objectId }) => objectId as string)
    expect(new Set(ids)).toEqual(new Set(entries.map(({ object }) => object.id)))
  })

  it('keeps the chains of two workspaces apart', async () => {
    await Promise.all(
      [...views(5), ...views(4, { workspaceId: 'other' })].map((view) => log.audit.write(view)),
    )
    expect(await verify()).toMatchObject({ isGood: true, entries: 5 })
    expect(await log.auditDesk.verify('other')).toMatchObject({ isGood: true, entries: 4 })
  })

  it('is read page by page, by who, what and when', async () => {
    await write(5)
    await log.clock.advance(60_000)
    const from = log.clock.now().toISOString()
    await log.audit.write(aView({ who: { userId: BOB, role: 'admin' }, action: 'rules-changed' }))
    const page = async (filter: object, before: number | null = null) => {
      const { entries, nextCursor } = await log.auditDesk.page(WORKSPACE, filter, {
        limit: 2,
        before,
      })
      return { seqs: entries.map(({ seq }) => seq), nextCursor }
    }
    expect(await page({})).toEqual({ seqs: [6, 5], nextCursor: '5' })
    expect(await page({}, 5)).toEqual({ seqs: [4, 3], nextCursor: '3' })
    expect(await page({}, 3)).toEqual({ seqs: [2, 1], nextCursor: null })
    for (const filter of [{ userId: BOB }, { action: 'rules-changed' as const }, { from }])
      expect(await page(filter)).toEqual({ seqs: [6], nextCursor: null })
    expect(await page({ until: from })).toEqual({ seqs: [5, 4], nextCursor: '4' })
    expect(await page({ objectKind: 'email', objectId: 'email-3' })).toMatchObject({ seqs: [4] })
  })

  it('refuses to go on when it cannot be written', async () => {
    const other = await startAudit()
    await other.db.close()
    await expect(other.audit.write(aView())).rejects.toThrow()
    await other[Symbol.asyncDispose]()
  })
})

describe('shredded details', () => {
  it('are gone for good, by whom is known, and the chain is still good', async () => {
    await write(3)
    await log.audit.shred(WORKSPACE, [2], OPERATOR)
    const { entries } = await log.auditDesk.page(WORKSPACE, {}, { limit: 10, before: null })
    expect(entries.map(({ details }) => details)).toEqual([
      null,
      { level: 'full' },
      null,
      { level: 'full' },
    ])
    expect(entries[0]).toMatchObject({ action: 'audit-details-shredded', who: OPERATOR })
    expect(await verify()).toMatchObject({ isGood: true, entries: 4 })
  })

  it('are missed when nobody says who took them', async () => {
    await write(3)
    await log.raw.updateOne({ seq: 2 }, { $set: { sealed: null } })
    expect(await faultsOf()).toEqual(['details-gone'])
  })
})

describe('an altered audit log (K3)', () => {
  const LENGTH = 20
  let chain: StoredAuditEntry[]
  let checkpoint: AuditCheckpoint
  beforeAll(async () => {
    await log.raw.deleteMany({})
    for (const [n, view] of views(LENGTH).entries()) {
      await log.clock.advance(1_000)
      await log.audit.write(aView({ ...view, details: { level: 'full', n } }))
    }
    chain = []
    for await (const entry of log.audits.walk(WORKSPACE)) chain.push(entry)
    chain = chain.map(withPlainBuffers)
    checkpoint = (await log.checkpoints.take(WORKSPACE)).checkpoint
  })

  /** As the store would walk it; a test compares that with the store itself. */
  const verdictOn = async (entries: StoredAuditEntry[], checkpoints: AuditCheckpoint[]) => {
    const keys = await log.vault.of(WORKSPACE)
    const own = entries
      .filter(({ workspaceId }) => workspaceId === WORKSPACE)
      .sort((one, other) => one.seq - other.seq)
    return verifyChain({
      ...{ workspaceId: WORKSPACE, checkpoints },
      entries: (async function* () {
        for (const entry of own) yield openEntry(entry, keys)
      })(),
      count: async () => own.length,
    })
  }

  it('is found out in each of 1,000 random cases', async () => {
    expect(await verdictOn(chain, [checkpoint])).toMatchObject({ isGood: true, checkpoints: 1 })
    const random = new Random(303)
    const families = Object.entries(tamperings)
    const missed: string[] = []
    for (let n = 0; n < 1_000; n++) {
      const [name, tamper] = families[n % families.length]!
      const verdict = await verdictOn(tamper(chain, random), [checkpoint])
      if (verdict.isGood || verdict.faults.length === 0) missed.push(name)
    }
    expect(missed).toEqual([])
  })

  it.each(Object.entries(tamperings))(
    'is found out in the database, too: %s',
    async (_, tamper) => {
      const random = new Random(7)
      await log.raw.insertMany(tamper(chain, random) as never)
      const key = await log.signer.signJson('flowcrm-audit-checkpoint', checkpoint)
      const verdict = await log.auditDesk.verify(WORKSPACE, [{ checkpoint, signature: key }])
      expect(verdict.isGood).toBe(false)
    },
  )

  it('needs the checkpoint to be found out when its end was rolled back, and honest entries follow', async () => {
    await log.raw.insertMany(chain.slice(0, 14) as never)
    await write(15)
    expect(await verify()).toMatchObject({ isGood: true, entries: 29 })
    const signature = await log.signer.signJson('flowcrm-audit-checkpoint', checkpoint)
    const verdict = await log.auditDesk.verify(WORKSPACE, [{ checkpoint, signature }])
    expect(verdict.faults).toEqual([
      { fault: 'rewritten', seq: LENGTH, sentence: expect.stringContaining('was another one') },
    ])
  })

  it('says which entry, and stops counting at a hundred faults', async () => {
    const marks = chain.map((entry) => ({ ...entry, mark: 'x' }))
    const verdict = await verdictOn(marks, [])
    expect(verdict.faults[0]).toEqual({
      ...{ fault: 'forged', seq: 1 },
      sentence: 'Entry 1 was not written by the service.',
    })
    const worse = [...chain, ...chain].map((entry) => ({
      ...entry,
      mark: 'x',
      prevHash: 'y',
      detailsHash: 'z',
    }))
    expect((await verdictOn(worse, [])).faults).toHaveLength(100)
  })
})

type Bytes = Buffer | { value(): Uint8Array }
const plain = (bytes: Bytes): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.value())

function withPlainBuffers(entry: StoredAuditEntry): StoredAuditEntry {
  if (!entry.sealed) return entry
  const { version, dataKey, fields } = entry.sealed
  return {
    ...entry,
    sealed: { version, dataKey: plain(dataKey), fields: { details: plain(fields.details) } },
  }
}
