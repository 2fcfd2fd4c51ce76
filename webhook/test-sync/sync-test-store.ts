import type { Connection } from 'mongoose'
import { syncTestModel } from '../../models/health/sync-test.ts'
import type { Mailbox } from '../../models/mailbox.ts'
import { SyncTestResult } from '../../models/wire/health/sync-test.ts'
import type { Clock } from '../clock.ts'
import { MINUTE } from '../duration.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import { createOnce } from '../store/duplicate.ts'

/** No step takes longer: a request to the provider is given up after 30 s, and a test is extended with each step. */
const LEASE_MS = 3 * MINUTE
const LONG_AGO = new Date(0)

/** The right to make a mailbox's test. */
export type TestRun = { _id: string; runId: string; workspaceId: string }

const testId = (mailboxId: string) => idOf('sync-test', mailboxId)
const nameOf = (id: string) => ({ collection: 'syncTests', id })

/** One test of a mailbox at a time, whichever instance makes it; and what the last one found. */
export class SyncTestStore {
  private readonly tests
  private readonly vault: Vault
  private readonly clock: Clock

  constructor({ db, vault, clock }: { db: Connection; vault: Vault; clock: Clock }) {
    this.tests = syncTestModel(db)
    this.vault = vault
    this.clock = clock
  }

  /** False when one is being made. */
  async begin(mailbox: Pick<Mailbox, '_id' | 'workspaceId'>, runId: string): Promise<boolean> {
    const { _id: mailboxId, workspaceId } = mailbox
    const _id = testId(mailboxId)
    await createOnce(() =>
      this.tests.create({ _id, workspaceId, mailboxId, runningUntil: LONG_AGO }),
    )
    const { modifiedCount } = await this.tests.updateOne(
      { _id, runningUntil: { $lte: this.clock.now() } },
      { $set: { runId, runningUntil: this.leaseEnd() } },
    )
    return modifiedCount === 1
  }

  async extend({ _id, runId }: TestRun): Promise<void> {
    await this.tests.updateOne({ _id, runId }, { $set: { runningUntil: this.leaseEnd() } })
  }

  /** Another may begin. `result`: null where it was broken off, and the last whole one stays. */
  async end({ _id, runId }: TestRun, result: SyncTestResult | null): Promise<void> {
    await this.tests.updateOne(
      { _id, runId },
      { $set: { runId: null, runningUntil: LONG_AGO, ...(result && { result }) } },
    )
  }

  /** Seals a text, writes it, and gives what is read of it then. */
  async thereAndBack({ _id, workspaceId }: TestRun, probe: string): Promise<string | null> {
    const keys = await this.vault.of(workspaceId)
    await this.tests.updateOne({ _id }, { $set: { sealed: keys.seal(nameOf(_id), { probe }) } })
    const found = await this.tests.findOne({ _id }).lean()
    return found?.sealed ? keys.open(nameOf(_id), found.sealed, 'probe') : null
  }

  /** What the last whole one found; null when there was none, or one of another version that is not understood. */
  async last(mailboxId: string): Promise<SyncTestResult | null> {
    const found = await this.tests.findOne({ _id: testId(mailboxId) }).lean()
    return SyncTestResult.safeParse(found?.result).data ?? null
  }

  runOf({ _id, workspaceId }: Pick<Mailbox, '_id' | 'workspaceId'>, runId: string): TestRun {
    return { _id: testId(_id), runId, workspaceId }
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS)
  }
}
