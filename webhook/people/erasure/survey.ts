import { noFigures } from '../../../models/people/erasure.ts'
import type { ErasureDryRun } from '../../../models/wire/people/erasure.ts'
import type { Place } from '../../contacts/cursor.ts'
import type { Subject } from '../subject.ts'
import type { SubjectContacts } from '../subject-contacts.ts'
import type { Traces } from '../traces.ts'
import type { RulesNaming } from './rules-naming.ts'

export type SurveyParts = { traces: Traces; people: SubjectContacts; rulesNaming: RulesNaming }

const AT_ONCE = 500

/** What an erasure would do, found in the ways in which it finds it. Changes nothing. */
export async function survey(
  { traces, people, rulesNaming }: SurveyParts,
  subject: Subject,
): Promise<ErasureDryRun> {
  const known = await people.find(subject)
  const own = new Set([...known.gone, ...known.changed.map(({ was }) => was)].map(({ _id }) => _id))
  const figures = {
    ...noFigures(),
    ...{ contactsDeleted: known.gone.length, contactsChanged: known.changed.length },
    ...{ merges: known.mergeIds.length, suggestions: known.suggestionIds.length },
    followUps: known.followUpIds.length,
    ledgerEntries: await traces.countAccountsNaming(subject),
  }
  let emailsOfOthersToo = 0
  let behind: Place | null = null
  for (;;) {
    const found = await traces.emailsOf(subject, { limit: AT_ONCE, behind })
    const emailIds = found.map(({ _id }) => _id)
    const entryIds = found.flatMap((email) => email.entryIds)
    const hanging = await traces.hangingOn(subject, { emailIds, entryIds })
    figures.emails += emailIds.length
    figures.attachments += hanging.attachments
    figures.pins += hanging.pins
    figures.ledgerEntries += hanging.ledgerEntries
    emailsOfOthersToo += found.filter(({ contactIds }) =>
      contactIds.some((id) => !own.has(id)),
    ).length
    const last = found.at(-1)
    if (!last || found.length < AT_ONCE)
      return { figures, emailsOfOthersToo, rulesNaming: await rulesNaming.count(subject) }
    behind = { at: last.receivedAt, id: last._id }
  }
}
