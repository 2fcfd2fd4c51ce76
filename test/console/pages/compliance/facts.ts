import type { AuditRecord } from '../../../../models/wire/audit.ts'
import type { Erasure, ErasureFigures } from '../../../../models/wire/people/erasure.ts'
import type { Member } from '../../../../models/wire/people/member.ts'
import type { WorkspaceRuleSet } from '../../../../models/wire/rules.ts'
import type { Role } from '../../../../models/wire/session.ts'
import type { FakeService } from '../../support/fake-service.ts'
import { aSession } from '../../support/fixtures.ts'

const at = '2026-11-20T09:00:00.000Z'

export const aRecord = (over: Partial<AuditRecord> = {}): AuditRecord => ({
  ...{ seq: 7, at, who: { userId: 'u-alice', role: 'admin' }, action: 'email-viewed' },
  ...{ object: { kind: 'email', id: 'e-1' }, details: { shown: 'body', remotePictures: false } },
  ...{ salt: 'salt', detailsHash: 'of-details', prevHash: 'hash-6', hash: 'hash-7' },
  ...over,
})

export const aMember = (over: Partial<Member> = {}): Member => ({
  ...{ userId: 'u-alice', displayName: 'Alice Ashdown', address: 'alice@contoso.test' },
  ...{ roles: ['member', 'admin'], signedInAt: at, mailboxes: 1 },
  ...over,
})

export const figures = (over: Partial<ErasureFigures> = {}): ErasureFigures => ({
  ...{ emails: 0, attachments: 0, ledgerEntries: 0, contactsDeleted: 0, contactsChanged: 0 },
  ...{ suggestions: 0, merges: 0, pins: 0, followUps: 0 },
  ...over,
})

export const anErasure = (over: Partial<Erasure> = {}): Erasure => ({
  ...{ id: 'erasure-1', state: 'running', askedAt: at, finishedAt: null, done: 3, total: 12 },
  figures: figures({ emails: 3 }),
  ...over,
})

export const someRules = (over: Partial<WorkspaceRuleSet['rules']> = {}): WorkspaceRuleSet => ({
  ...{ version: 4, savedAt: at, byName: 'Ada' },
  inherited: {
    ...{ scope: 'folders', direction: 'one-way', internalOnly: 'keep-out' },
    ...{ automated: 'store', noCrmCategory: 'No-CRM' },
  },
  rules: {
    ...{ neverLog: [], locked: [], ownDomains: ['contoso.test'], privacyAddresses: [] },
    ...{ timeZone: 'UTC' },
    ...over,
  },
})

/** A service with somebody of these roles, and what the page asks it for at first. */
export const withRoles =
  (roles: Role[], answers: Record<string, unknown> = {}) =>
  (service: FakeService): void => {
    service.session = { ...aSession(), roles }
    const usual = {
      'GET /api/v1/audit': { entries: [aRecord()], nextCursor: null },
      'GET /api/v1/members': { members: [aMember()], nextCursor: null },
      'GET /api/v1/people/erasures': { erasures: [] },
      'GET /api/v1/rules': someRules(),
    }
    for (const [asked, body] of Object.entries({ ...usual, ...answers }))
      service.instead.set(asked, { status: 200, body })
  }

export const sent = ({ requests }: FakeService) =>
  requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, body }) => [method, path, body])
