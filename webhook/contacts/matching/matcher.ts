import type { MatchingJob, Walk } from '../../../models/contacts/matching-job.ts'
import { contactIdsOf, isOpenedBy, wordsAbout, type PlacedWord } from '../../crm/decide/matching.ts'
import type { ContactStore } from '../store/contact-store.ts'
import type { Aliases } from '../aliases.ts'
import type { Reevaluate } from '../ports.ts'
import type { MatchingJobStore } from './job-store.ts'
import { isAs, type MatchedEmails, type MatchFacts } from './matched-emails.ts'
import type { PinStore } from './pin-store.ts'

/** E-mails matched by one read and one write. */
const STRETCH = 500
/** Somebody waits for the answer: what is left after so many stretches, upkeep does. */
const STRETCHES_AT_ONCE = 4
/** Somebody else's match of the same e-mail in between; more often than this in a row it does not happen. */
const TRIES = 10
const JOBS_AT_ONCE = 20

export type MatcherParts = {
  contacts: ContactStore
  emails: MatchedEmails
  pins: PinStore
  jobs: MatchingJobStore
  aliases: Aliases
  reevaluate: Reevaluate
}

/** What is to be matched anew once something has changed. */
export type Affected = {
  workspaceId: string
  addressKeys?: string[]
  threadIds?: string[]
  emailIds?: string[]
  /** Contacts at these domains are looked up by other spellings afterwards. */
  domainKeys?: string[]
  /** Parties whose excluded mail is to be judged again. */
  judgedKeys?: string[]
}

/**
 * Keeps `contactIds` of e-mails. An e-mail is read before contacts and pins are, and written only if nobody wrote it in
 * between: so whoever comes last has seen the latest of everything.
 */
export class Matcher {
  constructor(private readonly parts: MatcherParts) {}

  /** Matches these e-mails, now. */
  async match(workspaceId: string, emailIds: string[]): Promise<void> {
    let left = emailIds
    for (let tries = 0; left.length > 0; tries++) {
      if (tries === TRIES) throw new Error('e-mails are matched by others all the time')
      left = await this.matchOnce(workspaceId, left)
    }
  }

  /**
   * Makes a change and matches what it affects. It is written down first, so that a crash in the middle of either leaves
   * nothing behind that is matched to what was before. What takes long is left to upkeep.
   */
  async around<T>(affected: Affected, change: () => Promise<T>): Promise<T> {
    const { jobs } = this.parts
    const { workspaceId, judgedKeys = [], domainKeys = [] } = affected
    const walks = walksOf(affected)
    if (walks.length === 0 && domainKeys.length === 0) return change()
    const job = await jobs.add({ workspaceId, domainKeys, walks, judgedKeys })
    const result = await change().catch(async (error: unknown) => {
      await jobs.leave(job) // it may have been done all the same
      throw error
    })
    await this.carryOn(job, STRETCHES_AT_ONCE)
    return result
  }

  /** Upkeep: what was left, and what a crash left. One that fails waits, and holds up no other. */
  async carryOnDue(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = []
    for (const job of await this.parts.jobs.due(JOBS_AT_ONCE)) {
      try {
        while (!signal.aborted && !(await this.carryOn(job, STRETCHES_AT_ONCE)));
      } catch (error) {
        failures.push(error)
        await this.parts.jobs.postpone(job)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  /** True when the job is done. */
  private async carryOn(job: MatchingJob, stretches: number): Promise<boolean> {
    const { jobs, reevaluate } = this.parts
    const { workspaceId, domainKeys, judgedKeys } = job
    if (job.walk === 0 && !job.behind) {
      await this.respell(workspaceId, domainKeys)
      if (judgedKeys.length > 0) await reevaluate({ workspaceId, addressKeys: judgedKeys })
    }
    for (let made = 0; made < stretches && job.walk < job.walks.length; made++)
      await this.walkOn(job)
    const isDone = job.walk >= job.walks.length
    if (isDone) await jobs.remove(job)
    else await jobs.leave(job)
    return isDone
  }

  /** Contacts are found by what their companies' domains are now; a job of its own matches the mail of each lot. */
  private async respell(workspaceId: string, domainKeys: string[]): Promise<void> {
    for await (const { addressKeys, save } of this.parts.aliases.outdated(workspaceId, domainKeys))
      await this.around({ workspaceId, addressKeys, judgedKeys: addressKeys }, save)
  }

  /** One stretch; the job is behind it then. */
  private async walkOn(job: MatchingJob): Promise<void> {
    const { workspaceId, behind } = job
    const walk = job.walks[job.walk]
    if (!walk) return
    const { field, values } = walk
    const places = await this.parts.emails.stretch(
      { workspaceId, field, values },
      { limit: STRETCH, behind },
    )
    await this.match(
      workspaceId,
      places.map(({ id }) => id),
    )
    job.done += places.length
    job.behind = places.at(-1) ?? null
    if (places.length < STRETCH) {
      job.walk++
      job.behind = null
    }
  }

  private async matchOnce(workspaceId: string, emailIds: string[]): Promise<string[]> {
    const { emails, contacts } = this.parts
    const found = await emails.facts(emailIds)
    const keys = new Set(found.flatMap(({ partyKeys }) => partyKeys))
    const known = await contacts.known(workspaceId, [...keys])
    const pins = await this.pinsOn(workspaceId, found)
    const changes = found.flatMap((was) => {
      const matched = was.partyKeys.flatMap((key) => known.get(key) ?? [])
      const words = wordsAbout(was, matched, pins)
      const contactIds = contactIdsOf(was._id, matched, words)
      const isFiledOnly = contactIds.length > 0 && !isOpenedBy(was, matched, words)
      const match = { contactIds, isFiledOnly }
      return isAs(match, was) ? [] : [{ was, match }]
    })
    return emails.save(changes)
  }

  /** Words about a contact that was merged are about the one it was merged into. */
  async pinsOn(
    workspaceId: string,
    emails: readonly Pick<MatchFacts, '_id' | 'threadId'>[],
  ): Promise<PlacedWord[]> {
    const pins = await this.parts.pins.about(workspaceId, emails)
    if (pins.length === 0) return []
    const ids = [...new Set(pins.map(({ contactId }) => contactId))]
    const survivors = await this.parts.contacts.survivors(workspaceId, ids)
    return pins.flatMap((pin) => {
      const contactId = survivors.get(pin.contactId)
      return contactId === undefined ? [] : [{ ...pin, contactId }]
    })
  }
}

function walksOf({ addressKeys = [], threadIds = [], emailIds = [] }: Affected): Walk[] {
  const all: Walk[] = [
    { field: 'partyKeys', values: [...new Set(addressKeys)] },
    { field: 'threadId', values: [...new Set(threadIds)] },
    { field: '_id', values: [...new Set(emailIds)] },
  ]
  return all.filter(({ values }) => values.length > 0)
}
