import type { Connection } from 'mongoose'
import { contactModel } from '../../models/contacts/contact.ts'
import type { ContactStore } from '../contacts/store/contact-store.ts'
import { NotFoundError } from '../errors.ts'

export type WhoseParts = { db: Connection; contacts: Pick<ContactStore, 'survivors'> }

/** Contacts that something is about, whatever was merged into them. */
export class Whose {
  private readonly contacts

  constructor(private readonly parts: WhoseParts) {
    this.contacts = contactModel(parts.db)
  }

  /** Those that took these over, each once. Throws a NotFoundError when one of them is not there. */
  async standing(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    const asked = [...new Set(ids)]
    const survivors = await this.parts.contacts.survivors(workspaceId, asked)
    if (survivors.size < asked.length) throw new NotFoundError()
    return [...new Set(survivors.values())]
  }

  /** These, and whom they took over: what was written about them stays where it is. */
  async withThoseBehind(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    const all = new Set(ids)
    for (let asked = [...all]; asked.length > 0;) {
      const mergedInto = { $in: asked }
      const found = await this.contacts.find({ workspaceId, mergedInto }).select({ _id: 1 }).lean()
      asked = found.map(({ _id }) => _id).filter((id) => !all.has(id))
      for (const id of asked) all.add(id)
    }
    return [...all]
  }
}
