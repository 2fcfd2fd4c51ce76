import {
  mergedContact,
  unmergedContact,
  type MergingContact,
} from '../../crm/decide/merged-contact.ts'
import { ChangedMeanwhileError, TakenError } from '../../errors.ts'
import type { Contact, ContactStore } from '../store/contact-store.ts'
import type { ContactWriter } from '../contact-writer.ts'
import type { Matcher } from '../matching/matcher.ts'
import type { Merge, MergeStore } from './merge-store.ts'

export type MergerParts = {
  contacts: ContactStore
  writer: ContactWriter
  matcher: Matcher
  merges: MergeStore
}

/** Somebody edits the kept contact in between; more often than this in a row it does not happen. */
const TRIES = 10
const MERGES_AT_ONCE = 20

/**
 * Makes two contacts one, and two again. Every step is guarded by what it changes and can be repeated, so two who ask at
 * once, or a crash in the middle, make one merge.
 */
export class Merger {
  constructor(private readonly parts: MergerParts) {}

  /** Throws a ChangedMeanwhileError when either contact is not what it was when the merge began; then nothing is merged. */
  async carryOut(begun: Merge): Promise<Merge> {
    const { merges, matcher } = this.parts
    const { workspaceId, _id } = begun
    if (begun.state === 'given-up') throw new ChangedMeanwhileError()
    if (begun.state !== 'doing') return begun
    const addressKeys = await this.keysOfBoth(begun)
    await matcher.around({ workspaceId, addressKeys }, async () => {
      await this.stepBehind(begun)
      await this.takeOver(begun)
      await merges.move(begun, { from: 'doing', to: 'done' })
    })
    return merges.get(workspaceId, _id)
  }

  /** Throws a TakenError when something stands in the way; then nothing is undone. */
  async undo(merge: Merge): Promise<Merge> {
    const { merges } = this.parts
    const { workspaceId, _id } = merge
    if (merge.state === 'done') {
      await this.mustBeFree(merge)
      await merges.move(merge, { from: 'done', to: 'undoing' })
    }
    const now = await merges.get(workspaceId, _id)
    return now.state === 'undoing' ? this.carryOutUndo(now) : now
  }

  /** Upkeep: what a crash left half done. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    for (const merge of await this.parts.merges.leftBehind(MERGES_AT_ONCE)) {
      if (signal.aborted) return
      const carryOn = merge.state === 'doing' ? this.carryOut(merge) : this.carryOutUndo(merge)
      await carryOn.catch((error: unknown) => {
        if (!(error instanceof ChangedMeanwhileError || error instanceof TakenError)) throw error
      })
    }
  }

  private async carryOutUndo(merge: Merge): Promise<Merge> {
    const { matcher, merges } = this.parts
    const { workspaceId, _id } = merge
    const addressKeys = await this.keysOfBoth(merge)
    await matcher.around({ workspaceId, addressKeys }, async () => {
      await this.giveBack(merge)
      await this.stepOut(merge)
      await merges.move(merge, { from: 'undoing', to: 'undone' })
    })
    return merges.get(workspaceId, _id)
  }

  private async stepBehind(merge: Merge): Promise<void> {
    const { workspaceId, absorbedId, absorbedRev, keptId, _id: mergeId } = merge
    const seen = { _id: absorbedId, workspaceId, rev: absorbedRev }
    const result = await this.parts.contacts.stepBehind(seen, { mergedInto: keptId, mergeId })
    if (typeof result !== 'string') return
    const absorbed = await this.parts.contacts.find(workspaceId, absorbedId)
    if (absorbed?.mergeId !== mergeId) await this.giveUp(merge)
  }

  private async takeOver(merge: Merge): Promise<void> {
    const { contacts, writer } = this.parts
    const { workspaceId, keptId, keptRev, _id: mergeId } = merge
    const kept = await contacts.find(workspaceId, keptId)
    if (kept?.took.includes(mergeId)) return
    if (kept?.rev === keptRev) {
      const took = [...kept.took, mergeId]
      const result = await writer.change(kept, merge.after, { took })
      if (typeof result !== 'string') return
      if ((await contacts.find(workspaceId, keptId))?.took.includes(mergeId)) return
    }
    await this.stepOut(merge)
    await this.giveUp(merge)
  }

  private async giveUp(merge: Merge): Promise<never> {
    await this.parts.merges.move(merge, { from: 'doing', to: 'given-up' })
    throw new ChangedMeanwhileError()
  }

  private async giveBack(merge: Merge): Promise<void> {
    const { contacts, writer } = this.parts
    const { workspaceId, keptId, _id: mergeId } = merge
    for (let tries = 0; tries < TRIES; tries++) {
      const kept = await contacts.find(workspaceId, keptId)
      if (!kept?.took.includes(mergeId)) return
      const took = kept.took.filter((id) => id !== mergeId)
      const result = await writer.change(kept, unmergedContact(contentOf(kept), merge), { took })
      if (typeof result !== 'string') return
    }
    throw new ChangedMeanwhileError()
  }

  private async stepOut({ workspaceId, absorbedId, _id: mergeId }: Merge): Promise<void> {
    const { contacts, writer } = this.parts
    const absorbed = await contacts.find(workspaceId, absorbedId)
    if (absorbed?.mergeId !== mergeId) return
    const { domainsOf } = await writer.spelling(workspaceId, [absorbed])
    const result = await contacts.stepOut(absorbed, mergeId, domainsOf)
    if (result === 'taken') throw takenSince()
  }

  /**
   * The absorbed contact's addresses must be nobody's but the kept one's, and that one must stand for itself. They are its
   * own again where somebody else has just undone the same.
   */
  private async mustBeFree(merge: Merge): Promise<void> {
    const { contacts } = this.parts
    const { workspaceId, keptId, absorbedId } = merge
    const [kept, absorbed] = await Promise.all(
      [keptId, absorbedId].map((id) => contacts.find(workspaceId, id)),
    )
    if (kept?.mergedInto)
      throw new TakenError('This contact was merged into another one since. Undo that merge first.')
    if (!absorbed) throw takenSince()
    const addresses = absorbed.addresses.map(({ address }) => address)
    const owners = await contacts.owners(workspaceId, addresses)
    if ([...owners.values()].some((id) => id !== keptId && id !== absorbedId)) throw takenSince()
  }

  private async keysOfBoth({ workspaceId, keptId, absorbedId }: Merge): Promise<string[]> {
    const { contacts, writer } = this.parts
    const both = await contacts.findMany(workspaceId, [keptId, absorbedId])
    const { keysOf } = await writer.spelling(workspaceId, both)
    return both.flatMap((contact) => keysOf(contact))
  }
}

const takenSince = () =>
  new TakenError(
    'An address of the contact that was merged belongs to another contact now. Take it out there first.',
  )

export const contentOf = (contact: Contact): MergingContact => {
  const { name, jobTitle, phone, companyId, addresses } = contact
  return { name, jobTitle, phone, companyId, addresses }
}

/** What the kept contact would be. */
export const merged = (kept: Contact, absorbed: Contact): MergingContact =>
  mergedContact(contentOf(kept), contentOf(absorbed))
