import { Contact } from '../../../../models/wire/contacts/contact.ts'
import {
  AcceptSuggestion,
  DuplicateList,
  EmailMatches,
  Merge,
  MergePage,
  MergePreview,
  MergeRequest,
  PinRequest,
  SuggestionPage,
} from '../../../../models/wire/contacts/upkeep.ts'
import { Page } from '../../routes/contacts/query.ts'
import { PinQuery } from '../../routes/contacts/upkeep.ts'
import type { Operation } from '../operation.ts'

const both = { keptId: 'the-older-contact', absorbedId: 'the-other-contact' }
const merge = {
  ...{ ...both, id: 'GXQlJ0wL8qQnXzX0bq3m9vYt2Aa', state: 'done' },
  ...{ at: '2026-11-20T09:00:00.000Z', undoneAt: null },
}
const pin = { emailId: 'an-e-mail', contactId: 'a-contact', belongs: false }

const of = (operation: Omit<Operation, 'tag' | 'access'>): Operation => ({
  ...{ tag: 'Contacts', access: 'person', ...operation },
})

export const contactUpkeepOperations: Operation[] = [
  of({
    ...{ method: 'get', path: '/api/v1/suggestions', id: 'listSuggestions', query: Page },
    summary: 'People one has mail with who are no contacts',
    answers: {
      200: {
        about: 'Own ones, the latest mail first.',
        json: { SuggestionPage },
        example: { suggestions: [], nextCursor: null },
      },
    },
  }),
  of({
    ...{ method: 'post', path: '/api/v1/suggestions/{id}/accept', id: 'acceptSuggestion' },
    summary: 'Makes a contact of one',
    body: { json: { AcceptSuggestion }, example: { name: 'Carol Jones' } },
    answers: { 200: { about: 'The contact.', json: { Contact } } },
  }),
  of({
    ...{ method: 'post', path: '/api/v1/suggestions/{id}/dismiss', id: 'dismissSuggestion' },
    summary: 'Does not suggest them to this person again',
    answers: { 204: { about: 'Dismissed.' } },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/duplicates', id: 'listDuplicates' },
    summary: 'Contacts that may be one person, with the reason',
    answers: {
      200: {
        about: 'A hundred pairs at most.',
        json: { DuplicateList },
        example: { duplicates: [] },
      },
    },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/merges', id: 'listMerges', query: Page },
    summary: 'Merges of contacts, the latest first',
    answers: {
      200: {
        about: 'Undone ones too.',
        json: { MergePage },
        example: { merges: [merge], nextCursor: null },
      },
    },
  }),
  of({
    ...{ method: 'post', path: '/api/v1/merges/preview', id: 'previewMerge' },
    summary: 'What a contact would be after taking another one over',
    body: { json: { MergeRequest }, example: both },
    answers: { 200: { about: 'Nothing is written.', json: { MergePreview } } },
  }),
  of({
    ...{ method: 'post', path: '/api/v1/merges', id: 'mergeContacts' },
    summary: 'Merges two contacts; asked twice, once',
    body: { json: { MergeRequest }, example: { ...both, keptVersion: 3, absorbedVersion: 1 } },
    answers: { 200: { about: 'Done.', json: { Merge }, example: merge } },
  }),
  of({
    ...{ method: 'post', path: '/api/v1/merges/{id}/undo', id: 'undoMerge' },
    summary: 'Makes them two again',
    answers: { 200: { about: 'Undone.', json: { Merge } } },
  }),
  of({
    ...{ method: 'get', path: '/api/v1/emails/{id}/matches', id: 'listMatches' },
    summary: 'Whom an e-mail belongs to, with every reason',
    answers: { 200: { about: 'All of them.', json: { EmailMatches } } },
  }),
  of({
    ...{ method: 'put', path: '/api/v1/pins', id: 'pinMatch' },
    summary: 'Says whether an e-mail and its thread belong to a contact; no run overrides it',
    body: { json: { PinRequest }, example: pin },
    answers: { 200: { about: 'Whom it belongs to then.', json: { EmailMatches } } },
  }),
  of({
    ...{ method: 'delete', path: '/api/v1/pins', id: 'unpinMatch', query: PinQuery },
    summary: 'Takes that back',
    answers: { 200: { about: 'Whom it belongs to then.', json: { EmailMatches } } },
  }),
]
