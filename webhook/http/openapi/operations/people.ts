import { AuditPage, AuditVerdict } from '../../../../models/wire/audit.ts'
import { MemberPage } from '../../../../models/wire/people/member.ts'
import { Session } from '../../../../models/wire/session.ts'
import { AuditExportQuery, AuditPageQuery } from '../../routes/service/audit.ts'
import { MemberPageQuery } from '../../routes/service/members.ts'
import type { Answered, Operation } from '../operation.ts'

const redirect = (about: string): Record<number, Answered> => ({ 302: { about } })

const alice = {
  ...{ userId: 'a11ce000-0001-4a11-8ce0-00000000a11c', displayName: 'Alice Archer' },
  ...{ address: 'alice@contoso.example', roles: ['member', 'admin'], mailboxes: 1 },
  signedInAt: '2026-11-20T09:00:00.000Z',
}

/** Signing in, who did, and what people did. */
export const peopleOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/session', id: 'getSession', tag: 'Sign-in' },
    ...{ access: 'person', summary: 'Who is signed in, and the token for changes' },
    answers: { 200: { about: 'Signed in.', json: { Session } } },
  },
  {
    ...{ method: 'get', path: '/auth/sign-in', id: 'signIn', tag: 'Sign-in', access: 'anyone' },
    summary: 'Leaves for Microsoft’s sign-in',
    answers: redirect('To the sign-in service.'),
  },
  {
    ...{ method: 'get', path: '/auth/connect', id: 'connectOwn', tag: 'Sign-in', access: 'anyone' },
    summary: 'Leaves to have the own mailbox connected',
    answers: redirect('To the sign-in service; without a session, to signing in first.'),
  },
  {
    ...{ method: 'get', path: '/auth/callback', id: 'comeBack', tag: 'Sign-in', access: 'anyone' },
    summary: 'Where the browser comes back to',
    answers: redirect('To where it came from.'),
  },
  {
    ...{ method: 'get', path: '/auth/admin-consent', id: 'adminConsent', tag: 'Sign-in' },
    ...{ access: 'anyone', summary: 'An administrator leaves to agree for the organization' },
    answers: redirect('To the sign-in service; without a session, to signing in first.'),
  },
  {
    ...{ method: 'get', path: '/auth/admin-consent/callback', id: 'adminConsentBack' },
    ...{ tag: 'Sign-in', access: 'anyone', summary: 'Where an administrator comes back to' },
    answers: redirect('To the console.'),
  },
  {
    ...{ method: 'post', path: '/auth/sign-out', id: 'signOut', tag: 'Sign-in' },
    ...{ access: 'person', summary: 'Ends the session' },
    answers: { 204: { about: 'Signed out.' } },
  },
  {
    ...{ method: 'get', path: '/api/v1/audit', id: 'listAudit', tag: 'Audit', access: 'auditor' },
    summary: 'Who did what, newest first',
    query: AuditPageQuery,
    answers: {
      200: {
        about: 'Of the own workspace.',
        json: { AuditPage },
        example: { entries: [], nextCursor: null },
      },
    },
  },
  {
    ...{ method: 'get', path: '/api/v1/audit/verify', id: 'verifyAudit', tag: 'Audit' },
    ...{ access: 'auditor', summary: 'Walks the whole chain, link by link' },
    answers: { 200: { about: 'What is wrong with it, if anything.', json: { AuditVerdict } } },
  },
  {
    ...{ method: 'get', path: '/api/v1/audit/export', id: 'exportAudit', tag: 'Audit' },
    ...{ access: 'auditor', summary: 'The log as JSON lines or CSV' },
    query: AuditExportQuery,
    answers: { 200: { about: 'Oldest first.', type: 'application/jsonl' } },
  },
  {
    ...{ method: 'get', path: '/api/v1/members', id: 'listMembers', tag: 'People' },
    ...{ access: 'auditor', summary: 'Who has signed in to the console, and as what' },
    query: MemberPageQuery,
    answers: {
      200: {
        about: 'Who signed in last, first.',
        json: { MemberPage },
        example: { members: [alice], nextCursor: null },
      },
    },
  },
]
