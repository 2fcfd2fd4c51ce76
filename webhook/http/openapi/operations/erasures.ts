import {
  Erasure,
  ErasureDryRun,
  ErasureList,
  Lifted,
  SignedErasureReport,
  Subject,
} from '../../../../models/wire/people/erasure.ts'
import type { Operation } from '../operation.ts'

const body = { json: { Subject }, example: { addresses: ['carol@customer.example'] } }
const ofAdmins = { tag: 'People', access: 'admin' } as const
const PATH = '/api/v1/people'

/** What people may ask for about themselves; an administrator does it for them. */
export const erasureOperations: Operation[] = [
  {
    ...{ ...ofAdmins, method: 'post', path: `${PATH}/erasures/dry-run`, id: 'tryErasure', body },
    summary: 'What an erasure would do; nothing is changed',
    answers: { 200: { about: 'In figures.', json: { ErasureDryRun } } },
  },
  {
    ...{ ...ofAdmins, method: 'post', path: `${PATH}/erasures`, id: 'erasePerson', body },
    summary: 'Takes a person out for good; asking twice is one erasure',
    answers: { 202: { about: 'It has begun.', json: { Erasure } } },
  },
  {
    ...{ ...ofAdmins, method: 'get', path: `${PATH}/erasures`, id: 'listErasures' },
    summary: 'Erasures under way and done',
    answers: { 200: { about: 'The latest first.', json: { ErasureList } } },
  },
  {
    ...{ ...ofAdmins, method: 'get', path: `${PATH}/erasures/{id}`, id: 'getErasure' },
    summary: 'How far an erasure is',
    answers: { 200: { about: 'In figures.', json: { Erasure } } },
  },
  {
    ...{ ...ofAdmins, method: 'get', path: `${PATH}/erasures/{id}/report`, id: 'getErasureReport' },
    summary: 'The signed report; there is none until it is done',
    answers: { 200: { about: 'Without any address.', json: { SignedErasureReport } } },
  },
  {
    ...{ ...ofAdmins, method: 'post', path: `${PATH}/lift`, id: 'liftErasure', body },
    summary: 'Lets new mail of somebody who was erased come in again',
    answers: { 200: { about: 'How many spellings were suppressed.', json: { Lifted } } },
  },
  {
    ...{ ...ofAdmins, method: 'post', path: `${PATH}/export`, id: 'exportPerson', body },
    summary: 'All that is known of a person, in one archive',
    answers: { 200: { about: 'A tar archive, gzipped.', type: 'application/gzip' } },
  },
]
