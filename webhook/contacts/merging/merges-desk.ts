import type {
  Merge as WireMerge,
  MergePage,
  MergePreview,
  MergeRequest,
} from '../../../models/wire/contacts/upkeep.ts'
import { actorOf, type Audit } from '../../audit/audit.ts'
import type { Person } from '../../crm/ports.ts'
import { ChangedMeanwhileError, NotFoundError } from '../../errors.ts'
import type { CompanyStore } from '../store/company-store.ts'
import type { Contact, ContactStore } from '../store/contact-store.ts'
import { cut, readCursor } from '../cursor.ts'
import type { MatchedEmails } from '../matching/matched-emails.ts'
import { presentContact } from '../present.ts'
import type { Merge, MergeStore } from './merge-store.ts'
import { contentOf, merged, type Merger } from './merger.ts'

export type MergesDeskParts = {
  contacts: ContactStore
  companies: CompanyStore
  matched: MatchedEmails
  merges: MergeStore
  merger: Merger
  audit: Audit
}

/** Two contacts that are one person: looked at before, done once, undone exactly. */
export class MergesDesk {
  constructor(private readonly parts: MergesDeskParts) {}

  async preview({ workspaceId }: Person, request: MergeRequest): Promise<MergePreview> {
    const { companies, matched } = this.parts
    const { kept, absorbed } = await this.both(workspaceId, request)
    mustBeAsSeen(kept, absorbed, request)
    const becomes = { ...kept, ...merged(kept, absorbed) }
    const company = becomes.companyId && (await companies.find(workspaceId, becomes.companyId))
    return {
      becomes: presentContact(becomes, company || null),
      keptVersion: kept.rev,
      absorbedVersion: absorbed.rev,
      emailsMoving: await matched.countWithout(workspaceId, absorbed._id, kept._id),
    }
  }

  /** Asked twice it merges once, and answers the same. */
  async merge(person: Person, request: MergeRequest): Promise<WireMerge> {
    const { merges, merger } = this.parts
    const { workspaceId, userId: byUserId } = person
    const { kept, absorbed } = await this.both(workspaceId, request)
    const known = absorbed.mergedInto === kept._id ? absorbed.mergeId : null
    if (known !== null) return present(await merger.carryOut(await merges.get(workspaceId, known)))
    mustBeAsSeen(kept, absorbed, request)
    const begun = await merges.begin({
      ...{ workspaceId, byUserId, keptId: kept._id, absorbedId: absorbed._id },
      ...{ keptRev: kept.rev, absorbedRev: absorbed.rev },
      ...{ before: contentOf(kept), after: merged(kept, absorbed) },
    })
    const done = await merger.carryOut(begun)
    await this.note(person, 'contacts-merged', done)
    return present(done)
  }

  async undo(person: Person, id: string): Promise<WireMerge> {
    const merge = await this.parts.merges.find(person.workspaceId, id)
    if (!merge) throw new NotFoundError()
    const undone = await this.parts.merger.undo(merge)
    if (merge.state !== 'undone') await this.note(person, 'contacts-unmerged', undone)
    return present(undone)
  }

  async page(
    { workspaceId }: Person,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<MergePage> {
    const before = readCursor(cursor)
    const found = await this.parts.merges.page(workspaceId, { limit: limit + 1, before })
    const page = cut(found, limit, ({ at, _id: id }) => ({ at, id }))
    return { merges: page.items.map(present), nextCursor: page.nextCursor }
  }

  private async both(workspaceId: string, { keptId, absorbedId }: MergeRequest) {
    const found = await this.parts.contacts.findMany(workspaceId, [keptId, absorbedId])
    const kept = found.find(({ _id }) => _id === keptId)
    const absorbed = found.find(({ _id }) => _id === absorbedId)
    if (!kept || !absorbed) throw new NotFoundError()
    return { kept, absorbed }
  }

  private async note(
    person: Person,
    action: 'contacts-merged' | 'contacts-unmerged',
    { workspaceId, _id: id, keptId, absorbedId }: Merge,
  ): Promise<void> {
    await this.parts.audit.write({
      ...{ workspaceId, who: actorOf(person), action, object: { kind: 'merge', id } },
      details: { keptId, absorbedId },
    })
  }
}

/** Both stand for themselves, and are what the person looked at. */
function mustBeAsSeen(kept: Contact, absorbed: Contact, request: MergeRequest): void {
  const { keptVersion = kept.rev, absorbedVersion = absorbed.rev } = request
  const isAsSeen = kept.rev === keptVersion && absorbed.rev === absorbedVersion
  if (!isAsSeen || kept.mergedInto !== null || absorbed.mergedInto !== null)
    throw new ChangedMeanwhileError()
}

const present = ({ _id: id, keptId, absorbedId, state, at, undoneAt }: Merge): WireMerge => ({
  ...{ id, keptId, absorbedId, state },
  at: at.toISOString(),
  undoneAt: undoneAt?.toISOString() ?? null,
})
