import { addressForms } from './addresses.ts'

/** Mailboxes that nobody reads or writes by hand (RFC 2142, RFC 3834, and what services call theirs). */
const MACHINE =
  /^(?:(?:do[-_.]?)?no[-_.]?t?[-_.]?repl(?:y|ies)|mailer-daemon|postmaster|bounces?|notifications?|alerts?|newsletter|automailer|auto-?confirm|listserv|majordomo|root|cron|daemon|robot|system)(?:[-_.+\d].*)?$/

/** What a contact's name may be long. */
const MOST_NAME_CHARS = 200

export type SeenParty = { name: string; address: string }

/** What a mail says of its correspondents. */
export type SuggestingFacts = {
  parties: readonly SeenParty[]
  /** By the message's header: a list, a robot. Nobody in it is suggested. */
  isMachineMail: boolean
  /** Domains of the workspace's own mailboxes. */
  ownDomains: ReadonlySet<string>
}

/** People in a mail who could be worth a contact: not our own, no machines; each once, under the name last given. */
export function worthSuggesting(facts: SuggestingFacts): Map<string, SeenParty> {
  const people = new Map<string, SeenParty>()
  if (facts.isMachineMail) return people
  for (const { name, address } of facts.parties) {
    const forms = addressForms(address)
    if (!forms || facts.ownDomains.has(forms.domain) || isMachine(forms.folded)) continue
    const known = people.get(forms.folded)
    if (!known || (known.name === '' && name !== ''))
      people.set(forms.folded, {
        name: name.trim().slice(0, MOST_NAME_CHARS),
        address: forms.folded,
      })
  }
  return people
}

export const isMachine = (address: string): boolean =>
  MACHINE.test(address.slice(0, address.lastIndexOf('@')))
