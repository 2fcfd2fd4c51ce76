import type { LedgerEntry, LedgerEvent, LedgerRoute } from '../../models/ledger-entry.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../duration.ts'
import { reasonNamed, type Reason } from '../sync/decide/reasons.ts'

/** An entry of a newer version than ours can carry a reason that we do not know: it is shown by its code. */
export const reasonOf = (entry: Pick<LedgerEntry, 'state' | 'reason'>): Reason =>
  reasonNamed(entry.reason) ?? {
    state: entry.state,
    sentence: `The reason is "${entry.reason}", which this version of FlowCRM does not know.`,
    change: 'A newer version of FlowCRM can tell more.',
    retries: false,
    who: 'operator',
  }

const noticed: Record<LedgerRoute, string> = {
  notification: 'FlowCRM learnt of it by a notification from Microsoft 365',
  delta: 'FlowCRM learnt of it when it asked the mailbox what had changed',
  reconcile: 'FlowCRM learnt of it when it compared the mailbox with the ledger',
  hand: 'A person pointed FlowCRM to it',
}

/** One event of the ledger's history as a sentence; `folder` is the name of where it was then. */
export function eventSentence(event: LedgerEvent, folder: string | null): string {
  const there = folder ? ` in ${folder}` : ''
  switch (event.kind) {
    case 'seen':
      return `${event.via ? noticed[event.via] : 'FlowCRM learnt of it'}${there}.`
    case 'fetched':
      return 'It was read from the mailbox.'
    case 'decided':
      return `Decided${byRules(event)}: ${sentenceOf(event)}`
    case 'stored':
      return 'It was written to the CRM.'
    case 'retried':
      return `It was tried again: ${sentenceOf(event)}`
    case 'moved':
      return folder ? `It was moved to ${folder}.` : 'It was moved to another watched folder.'
    case 'gone':
      return sentenceOf(event)
  }
}

const byRules = ({ ruleVersion }: LedgerEvent) =>
  ruleVersion === null ? '' : ` by version ${ruleVersion} of the rules`

function sentenceOf({ reason }: LedgerEvent): string {
  if (reason === null) return 'The reason was not kept.'
  return reasonNamed(reason)?.sentence ?? `The reason is "${reason}".`
}

/** Where the time went between the server's receipt and our store. */
export const delaySentence = ({ providerMs, oursMs }: { providerMs: number; oursMs: number }) =>
  `Microsoft 365 took ${inWords(providerMs)} to say that it was there, and FlowCRM ${inWords(oursMs)} to store it.`

/** How much of a limit was used when a message found no room. */
export const fullSentence = ({ used, most }: { used: number; most: number }): string =>
  `Used: ${used.toLocaleString('en')} of ${most.toLocaleString('en')}.`

const UNITS: [number, string][] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
]

/** A length of time in its largest unit, rounded: "3 minutes". */
export function inWords(ms: number): string {
  const [unitMs, name] = UNITS.find(([unit]) => Math.abs(ms) >= unit) ?? [SECOND, 'second']
  const count = Math.round(ms / unitMs)
  if (count === 0) return 'less than a second'
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
