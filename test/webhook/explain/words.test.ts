import { describe, expect, it } from '@jest/globals'
import { ledgerEventKinds, ledgerRoutes, type LedgerEvent } from '../../../models/ledger-entry.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../webhook/duration.ts'
import { delaySentence, eventSentence, inWords, reasonOf } from '../../../webhook/explain/words.ts'
import { NOW } from '../../support/builders.ts'

const anEvent = (over: Partial<LedgerEvent> = {}): LedgerEvent => ({
  at: NOW,
  kind: 'seen',
  via: null,
  reason: null,
  ruleVersion: null,
  folderId: null,
  ...over,
})

describe('a line of a message’s story', () => {
  it.each<[Partial<LedgerEvent>, string | null, string]>([
    [
      { kind: 'seen', via: 'notification' },
      'Inbox',
      'FlowCRM learnt of it by a notification from Microsoft 365 in Inbox.',
    ],
    [
      { kind: 'seen', via: 'reconcile' },
      null,
      'FlowCRM learnt of it when it compared the mailbox with the ledger.',
    ],
    [{ kind: 'fetched' }, null, 'It was read from the mailbox.'],
    [
      { kind: 'decided', reason: 'draft', ruleVersion: 3 },
      null,
      'Decided by version 3 of the rules: Drafts are not stored until they are sent.',
    ],
    [{ kind: 'stored' }, null, 'It was written to the CRM.'],
    [
      { kind: 'retried', reason: 'waiting' },
      null,
      'It was tried again: It could not be stored yet.',
    ],
    [{ kind: 'moved' }, 'Offers', 'It was moved to Offers.'],
    [
      { kind: 'gone', reason: 'deleted-in-mailbox' },
      null,
      'The message was deleted in the mailbox.',
    ],
  ])('%j in %s: %s', (event, folder, sentence) => {
    expect(eventSentence(anEvent(event), folder)).toBe(sentence)
  })

  it('is a whole sentence for every kind of event, every route, and a reason of a later version', () => {
    for (const kind of ledgerEventKinds)
      for (const via of [null, ...ledgerRoutes])
        for (const reason of [null, 'new', 'a-reason-of-tomorrow'])
          for (const folder of [null, 'Inbox'])
            expect(eventSentence(anEvent({ kind, via, reason }), folder)).toMatch(/^[A-Z"].*\.$/)
  })
})

describe('a reason that this version does not know', () => {
  it('is shown by its code, with the state that the ledger has', () => {
    expect(reasonOf({ state: 'excluded', reason: 'no-contact-tomorrow' })).toMatchObject({
      state: 'excluded',
      sentence: expect.stringContaining('"no-contact-tomorrow"'),
    })
  })

  it('is not taken from what every object has', () => {
    expect(reasonOf({ state: 'failed', reason: 'constructor' }).who).toBe('operator')
  })
})

describe('a length of time', () => {
  it.each([
    [0, 'less than a second'],
    [499, 'less than a second'],
    [900, '1 second'],
    [12 * SECOND, '12 seconds'],
    [MINUTE, '1 minute'],
    [90 * SECOND, '2 minutes'],
    [3 * HOUR, '3 hours'],
    [2 * DAY, '2 days'],
  ])('of %i ms is %s', (ms, words) => expect(inWords(ms)).toBe(words))

  it('is told for each of the two who took it', () => {
    expect(delaySentence({ providerMs: 2 * MINUTE, oursMs: 300 })).toBe(
      'Microsoft 365 took 2 minutes to say that it was there, and FlowCRM less than a second to store it.',
    )
  })
})
