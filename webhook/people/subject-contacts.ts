import type { Connection } from 'mongoose'
import { contactModel } from '../../models/contacts/contact.ts'
import { mergeModel } from '../../models/contacts/merge.ts'
import { pinModel } from '../../models/contacts/pin.ts'
import { suggestionModel } from '../../models/contacts/suggestion.ts'
import type { ContactWriter } from '../contacts/contact-writer.ts'
import type { Place } from '../contacts/cursor.ts'
import { contentOf } from '../contacts/merging/merger.ts'
import type { Merge, MergeStore } from '../contacts/merging/merge-store.ts'
import type { Contact, ContactStore } from '../contacts/store/contact-store.ts'
import { PersonalFollowUps } from '../follow-up/about-people.ts'
import type { Suggestion, SuggestionStore } from '../contacts/suggestions/suggestion-store.ts'
import { idOf } from '../keys/ids.ts'
import type { Vault } from '../keys/vault.ts'
import { recognising, type IsTheirs, type Subject } from './subject.ts'

export type SubjectContactParts = {
  db: Connection
  vault: Pick<Vault, 'of'>
  contacts: ContactStore
  writer: ContactWriter
  merges: MergeStore
  suggestions: SuggestionStore
}

/** What is known of a person beside their mail. */
export type Known = {
  /** Contacts that are only this person, and those merged into them. */
  gone: Contact[]
  /** Contacts that keep other addresses. */
  changed: { was: Contact; left: Contact['addresses'] }[]
  /** Merges whose record holds an address. */
  mergeIds: string[]
  suggestionIds: string[]
  /** Notes, tasks and stages of contacts that go, and meetings with the person. */
  followUpIds: string[]
}

type Of = Pick<Subject, 'workspaceId' | 'keys'>

const MERGES_AT_ONCE = 200

/** A person's contacts, suggestions and merges. */
export class SubjectContacts {
  private readonly contacts
  private readonly merges
  private readonly pins
  private readonly suggested
  private readonly followUps

  constructor(private readonly parts: SubjectContactParts) {
    this.contacts = contactModel(parts.db)
    this.merges = mergeModel(parts.db)
    this.pins = pinModel(parts.db)
    this.suggested = suggestionModel(parts.db)
    this.followUps = new PersonalFollowUps(parts.db)
  }

  /** Of a contact, and of those that were merged into it: they are the same person. Null when there is none. */
  async addressesOf(workspaceId: string, contactId: string): Promise<string[] | null> {
    const contact = await this.parts.contacts.find(workspaceId, contactId)
    if (!contact) return null
    const all = await this.withThoseBehind(workspaceId, [contact])
    return [...new Set(all.flatMap(({ addresses }) => addresses.map(({ address }) => address)))]
  }

  async find(of: Of): Promise<Known> {
    const { workspaceId, keys } = of
    const isTheirs = recognising((await this.parts.vault.of(workspaceId)).blind, keys)
    const ids = await this.contacts
      .find({ workspaceId, $or: [{ claimKeys: { $in: keys } }, { foldedKeys: { $in: keys } }] })
      .select({ _id: 1 })
      .lean()
    const found = await this.parts.contacts.findMany(
      workspaceId,
      ids.map(({ _id }) => _id),
    )
    const sorted = found.map((was) => ({
      was,
      left: was.addresses.filter(({ address }) => !isTheirs(address)),
    }))
    const goes = ({ was, left }: (typeof sorted)[number]) => was.mergedInto !== null || !left.length
    const gone = sorted.filter(goes).map(({ was }) => was)
    const suggestionIds = keys.map((key) => idOf('suggestion', workspaceId, key))
    const suggested = await this.suggested.find({ _id: { $in: suggestionIds } }).lean()
    const allGone = await this.withThoseBehind(workspaceId, gone)
    const goneIds = allGone.map(({ _id }) => _id)
    const followUps = await this.followUps.find(of, goneIds)
    return {
      gone: allGone,
      changed: sorted.filter((each) => !goes(each) && each.left.length < each.was.addresses.length),
      mergeIds: await this.mergesNaming(workspaceId, isTheirs),
      suggestionIds: suggested.map(({ _id }) => _id),
      followUpIds: followUps.map(({ _id }) => _id),
    }
  }

  /** As what they were suggested. */
  async suggestions({ workspaceId, keys }: Of): Promise<Suggestion[]> {
    const ids = keys.map((key) => idOf('suggestion', workspaceId, key))
    return this.parts.suggestions.findMany(workspaceId, ids)
  }

  /** As they are exported: what was written, and not by whom, for colleagues are people, too. */
  async followUpsOf({ workspaceId }: Of, ids: string[]): Promise<object[]> {
    return this.followUps.readable(await this.parts.vault.of(workspaceId), ids)
  }

  /** Repeatable. What somebody changes meanwhile stays, and is found again by the next look. */
  async remove(of: Of, known: Known) {
    const { workspaceId } = of
    const { gone, changed, mergeIds, suggestionIds, followUpIds } = known
    const { writer, contacts } = this.parts
    await this.followUps.remove(of, followUpIds)
    await this.merges.deleteMany({ _id: { $in: mergeIds } })
    for (const { was, left } of changed)
      await writer.change(was, { ...contentOf(was), addresses: left })
    for (const contact of gone)
      await (contact.mergedInto === null ? writer.remove(contact) : contacts.remove(contact))
    const goneIds = gone.map(({ _id }) => _id)
    await this.followUps.removeOf(of, goneIds)
    const contactId = { $in: goneIds }
    await this.pins.deleteMany({ workspaceId, contactId })
    await this.suggested.deleteMany({ _id: { $in: suggestionIds } })
  }

  private async withThoseBehind(workspaceId: string, contacts: Contact[]): Promise<Contact[]> {
    const all = new Map(contacts.map((contact) => [contact._id, contact]))
    for (let asked = contacts; asked.length > 0;) {
      const mergedInto = { $in: asked.map(({ _id }) => _id) }
      const behind = await this.contacts.find({ workspaceId, mergedInto }).select({ _id: 1 }).lean()
      const fresh = behind.map(({ _id }) => _id).filter((id) => !all.has(id))
      asked = await this.parts.contacts.findMany(workspaceId, fresh)
      for (const contact of asked) all.set(contact._id, contact)
    }
    return [...all.values()]
  }

  /** Their records say what both contacts were; people make few, so each is looked at. */
  private async mergesNaming(workspaceId: string, isTheirs: IsTheirs): Promise<string[]> {
    const ids: string[] = []
    let before: Place | null = null
    for (;;) {
      const page: Merge[] = await this.parts.merges.page(workspaceId, {
        ...{ limit: MERGES_AT_ONCE, before },
      })
      const names = ({ addresses }: Merge['before']) =>
        addresses.some(({ address }) => isTheirs(address))
      ids.push(...page.filter((one) => names(one.before) || names(one.after)).map(({ _id }) => _id))
      const last = page.at(-1)
      if (!last || page.length < MERGES_AT_ONCE) return ids
      before = { at: last.at, id: last._id }
    }
  }
}
