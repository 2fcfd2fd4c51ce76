import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { contactModel, type StoredContact } from '../../../models/contacts/contact.ts'
import type { Clock } from '../../clock.ts'
import type { Vault } from '../../keys/vault.ts'
import { after, type Place } from '../cursor.ts'
import { createOnce, insertNew } from '../../store/duplicate.ts'
import { contactKeys, type DomainsOf } from './contact-keys.ts'
import {
  opened,
  queryOf,
  written,
  type Contact,
  type ContactFilter,
  type NewContact,
} from './contact-record.ts'

export type { Contact, ContactFilter, NewContact }

/** What is to be, and what the writer saw. */
export type ContactChange = {
  was: Pick<Contact, '_id' | 'workspaceId' | 'rev'>
  becomes: NewContact
}

export type ContactStoreParts = { db: Connection; vault: Pick<Vault, 'of'>; clock: Clock }

/** Live contacts alone: what was merged stands behind another one. */
const live = { mergedInto: null }

/** Contacts of all workspaces. An address belongs to one contact of its workspace, by a unique index. */
export class ContactStore {
  private readonly contacts

  constructor(private readonly parts: ContactStoreParts) {
    this.contacts = contactModel(parts.db)
  }

  /** Null at a position means: one of its addresses belongs to another contact already. */
  async create(
    workspaceId: string,
    created: NewContact[],
    domainsOf: DomainsOf,
  ): Promise<(Contact | null)[]> {
    const keys = await this.parts.vault.of(workspaceId)
    const now = this.parts.clock.now()
    const documents = created.map((contact): StoredContact => {
      const _id = randomUUID()
      return {
        ...{ _id, workspaceId, rev: 1, mergedInto: null, mergeId: null, took: [] },
        ...{ createdAt: now, updatedAt: now },
        ...written(_id, contact, { keys, domainsOf }),
      }
    })
    const taken = await insertNew(this.contacts, documents)
    return documents.map((document, at) => (taken.has(at) ? null : opened(keys, document)))
  }

  /** The contact as it is then; `changed`: somebody was faster; `taken`: an address belongs to another contact. */
  async change(
    { was, becomes }: ContactChange,
    domainsOf: DomainsOf,
    more: Partial<Pick<StoredContact, 'took'>> = {},
  ): Promise<Contact | 'changed' | 'taken'> {
    const { _id, workspaceId, rev } = was
    const keys = await this.parts.vault.of(workspaceId)
    const content = written(_id, becomes, { keys, domainsOf })
    return this.compareAndSet({ _id, workspaceId, rev, ...live }, { ...content, ...more })
  }

  /** Steps behind another contact, which takes its addresses. */
  async stepBehind(
    { _id, workspaceId, rev }: ContactChange['was'],
    by: { mergedInto: string; mergeId: string },
  ): Promise<Contact | 'changed' | 'taken'> {
    const none = { claimKeys: [`none:${_id}`], matchKeys: [] }
    return this.compareAndSet({ _id, workspaceId, rev, ...live }, { ...none, ...by })
  }

  /** Steps out again, with all it had. */
  async stepOut(
    contact: Contact,
    mergeId: string,
    domainsOf: DomainsOf,
  ): Promise<Contact | 'changed' | 'taken'> {
    const { _id, workspaceId, rev } = contact
    const { blind } = await this.parts.vault.of(workspaceId)
    const { claimKeys, matchKeys } = contactKeys(_id, contact, { blind, domainsOf })
    return this.compareAndSet(
      { _id, workspaceId, rev, mergeId },
      { claimKeys, matchKeys, mergedInto: null, mergeId: null, took: [] },
    )
  }

  /** Compare and set by what it was; nobody changed the contact, so the revision stays. */
  async saveMatchKeys(
    { _id, workspaceId, rev }: ContactChange['was'],
    matchKeys: string[],
  ): Promise<void> {
    await this.contacts.updateOne({ _id, workspaceId, rev, ...live }, { $set: { matchKeys } })
  }

  /** What each of these contacts is found by now. */
  async matchKeysOf(workspaceId: string, ids: string[]): Promise<Map<string, string[]>> {
    const found = await this.contacts
      .find({ workspaceId, _id: { $in: ids } })
      .select({ matchKeys: 1 })
      .lean()
    return new Map(found.map(({ _id, matchKeys }) => [_id, matchKeys]))
  }

  async remove({ _id, workspaceId, rev }: ContactChange['was']): Promise<boolean> {
    const { deletedCount } = await this.contacts.deleteOne({ _id, workspaceId, rev })
    return deletedCount === 1
  }

  /** Merged ones too: whoever asks for an id may be asking for what became of it. */
  async findMany(workspaceId: string, ids: string[]): Promise<Contact[]> {
    if (ids.length === 0) return []
    return this.open(
      workspaceId,
      await this.contacts.find({ workspaceId, _id: { $in: ids } }).lean(),
    )
  }

  async find(workspaceId: string, _id: string): Promise<Contact | null> {
    return (await this.findMany(workspaceId, [_id]))[0] ?? null
  }

  /** Newest first. */
  async page(
    workspaceId: string,
    filter: ContactFilter,
    { limit, before }: { limit: number; before: Place | null },
  ): Promise<Contact[]> {
    const found = await this.contacts
      .find({ workspaceId, ...live, ...queryOf(filter), ...after('createdAt', before) })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean()
    return this.open(workspaceId, found)
  }

  /** Whose e-mail it is: contacts by the address keys that they answer to. */
  async known(workspaceId: string, addressKeys: readonly string[]): Promise<Map<string, string[]>> {
    if (addressKeys.length === 0) return new Map()
    const asked = new Set(addressKeys)
    const found = await this.contacts
      .find({ workspaceId, matchKeys: { $in: [...asked] }, ...live })
      .select({ matchKeys: 1 })
      .lean()
    const known = new Map<string, string[]>()
    for (const { _id, matchKeys } of found)
      for (const key of matchKeys)
        if (asked.has(key)) known.set(key, [...(known.get(key) ?? []), _id])
    return known
  }

  /** To which contacts these addresses themselves belong. */
  async owners(workspaceId: string, addresses: string[]): Promise<Map<string, string>> {
    const { blind } = await this.parts.vault.of(workspaceId)
    const byKey = new Map(addresses.map((address) => [blind('address', address), address]))
    const found = await this.contacts
      .find({ workspaceId, claimKeys: { $in: [...byKey.keys()] } })
      .select({ claimKeys: 1 })
      .lean()
    return new Map(
      found.flatMap(({ _id, claimKeys }) =>
        claimKeys.flatMap((key) => {
          const address = byKey.get(key)
          return address === undefined ? [] : [[address, _id] as const]
        }),
      ),
    )
  }

  /** What became of these contacts: themselves, or whom they were merged into; nothing for those that are gone. */
  async survivors(workspaceId: string, ids: string[]): Promise<Map<string, string>> {
    const next = new Map<string, string | null>()
    for (let asked = ids; asked.length > 0;) {
      const found = await this.contacts
        .find({ workspaceId, _id: { $in: asked } })
        .select({ mergedInto: 1 })
        .lean()
      for (const { _id, mergedInto } of found) next.set(_id, mergedInto)
      asked = found.flatMap(({ mergedInto }) => mergedInto ?? []).filter((id) => !next.has(id))
    }
    return new Map(
      ids.flatMap((id) => {
        let at: string | null | undefined = id
        while (at && next.get(at)) at = next.get(at)
        return at && next.has(at) ? [[id, at] as const] : []
      }),
    )
  }

  /** Groups of live contacts that share a key of this kind, at most so many. */
  async sharing(
    workspaceId: string,
    field: 'foldedKeys' | 'wholeNameKey',
    most: number,
  ): Promise<string[][]> {
    const groups = await this.contacts.aggregate<{ ids: string[] }>([
      { $match: { workspaceId, ...live, [field]: { $ne: null } } },
      ...(field === 'foldedKeys' ? [{ $unwind: '$foldedKeys' }] : []),
      { $group: { _id: `$${field}`, ids: { $push: '$_id' }, count: { $sum: 1 } } },
      { $match: { count: { $gt: 1 } } },
      { $sort: { _id: 1 } },
      { $limit: most },
    ])
    return groups.map(({ ids }) => ids)
  }

  private async compareAndSet(
    seen: { _id: string; workspaceId: string; rev: number; mergedInto?: null; mergeId?: string },
    changes: Partial<StoredContact>,
  ): Promise<Contact | 'changed' | 'taken'> {
    const updatedAt = this.parts.clock.now()
    let stored: StoredContact | null = null
    const isFree = await createOnce(async () => {
      stored = await this.contacts
        .findOneAndUpdate(
          seen,
          { $set: { ...changes, updatedAt }, $inc: { rev: 1 } },
          { returnDocument: 'after' },
        )
        .lean()
    })
    if (!isFree) return 'taken'
    return stored ? ((await this.open(seen.workspaceId, [stored]))[0] ?? 'changed') : 'changed'
  }

  private async open(workspaceId: string, found: StoredContact[]): Promise<Contact[]> {
    const keys = await this.parts.vault.of(workspaceId)
    return found.map((document) => opened(keys, document))
  }
}
