import type {
  AuditCheckpoint,
  AuditFault,
  AuditRecord,
  AuditVerdict,
} from '../../../models/wire/audit.ts'
import type { OpenedEntry } from '../open-entry.ts'
import { detailsText, hashOf, NOTHING, sha256, type Head } from './chain.ts'

/** More than these tell nobody more. */
const MOST_FAULTS = 100

export type Chain = {
  workspaceId: string
  /** In the order of their seq. */
  entries: AsyncIterable<OpenedEntry>
  /** How many the database has of this workspace, whatever their seq. */
  count: () => Promise<number>
  /** With a good signature, of this workspace. */
  checkpoints: AuditCheckpoint[]
}

/** Whether a chain is as it was written: every link, every detail, and as every checkpoint saw it. */
export async function verifyChain(chain: Chain): Promise<AuditVerdict> {
  const walk = new Walk(chain.checkpoints)
  for await (const entry of chain.entries) walk.visit(entry)
  const entries = walk.visited
  if ((await chain.count()) > entries) walk.beside()
  const { workspaceId, checkpoints } = chain
  const faults = walk.end()
  return {
    ...{ workspaceId, isGood: faults.length === 0, entries, head: walk.head },
    ...{ checkpoints: checkpoints.length, faults: faults.slice(0, MOST_FAULTS) },
  }
}

class Walk {
  visited = 0
  head: Head = NOTHING
  private readonly faults: AuditFault[] = []
  /** Entries whose details are not there, until a later one says who took them out. */
  private readonly gone = new Set<number>()
  private readonly seen = new Map<number, string>()

  constructor(private readonly checkpoints: AuditCheckpoint[]) {
    for (const { seq } of checkpoints) this.seen.set(seq, '')
  }

  visit(entry: OpenedEntry): void {
    const { record } = entry
    const { seq, hash, prevHash } = record
    this.visited++
    const due = this.head.seq + 1
    if (seq > due) this.fault('missing', due, `Entries are missing before entry ${seq}.`)
    else if (seq !== due) this.fault('unlinked', seq, `Entry ${seq} has no place in the chain.`)
    else if (prevHash !== this.head.hash)
      this.fault('unlinked', seq, `Entry ${seq} does not follow the one before it.`)
    if (!entry.isInPlace || hashOf({ ...record, workspaceId: entry.workspaceId }) !== hash)
      this.fault('altered', seq, `Entry ${seq} is not as it was written.`)
    if (!entry.isOurs) this.fault('forged', seq, `Entry ${seq} was not written by the service.`)
    this.visitDetails(entry)
    if (this.seen.has(seq)) this.seen.set(seq, hash)
    this.head = { seq, hash }
  }

  /** There are entries that the walk did not meet. */
  beside(): void {
    this.fault('altered', this.head.seq, 'There are entries that are in no place of the chain.')
  }

  end(): AuditFault[] {
    for (const seq of this.gone)
      this.fault('details-gone', seq, `Entry ${seq} has lost its details, and nobody says why.`)
    for (const { seq, hash, at } of this.checkpoints)
      if (seq > this.head.seq)
        this.fault('rolled-back', this.head.seq, `At ${at} the chain had ${seq} entries.`)
      else if (this.seen.get(seq) !== hash && hash !== NOTHING.hash)
        this.fault('rewritten', seq, `At ${at} entry ${seq} was another one.`)
    return this.faults
  }

  private visitDetails({ record, details }: OpenedEntry): void {
    const { seq, detailsHash } = record
    if (details === 'none' && detailsHash !== '') this.gone.add(seq)
    else if (details === 'broken' || (details !== 'locked' && !isOwn(record)))
      this.fault(
        'details-altered',
        seq,
        `The details of entry ${seq} are not as they were written.`,
      )
    if (record.action === 'audit-details-shredded') this.gone.delete(Number(record.object.id))
  }

  private fault(fault: AuditFault['fault'], seq: number, sentence: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ fault, seq, sentence })
  }
}

function isOwn({ salt, details, detailsHash }: AuditRecord): boolean {
  if (salt === null || details === null) return detailsHash === ''
  return sha256(detailsText(salt, details)) === detailsHash
}
