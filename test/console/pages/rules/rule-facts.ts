import type {
  DryRun,
  MailboxRules,
  MailboxRuleSet,
  WorkspaceRules,
  WorkspaceRuleSet,
} from '../../../../models/wire/rules.ts'
import type { FakeService } from '../../support/fake-service.ts'
import { aMailbox, aSession } from '../../support/fixtures.ts'

export const OF_ALICE = '/api/v1/mailboxes/m-alice/rules'
export const OF_ALL = '/api/v1/rules'

const at = '2026-11-20T09:00:00.000Z'

export const byDefault: MailboxRuleSet['inherited'] = {
  ...{ scope: 'all', direction: 'one-way', internalOnly: 'keep-out', automated: 'store' },
  noCrmCategory: 'No-CRM',
}

export const someRules = (over: Partial<MailboxRules> = {}): MailboxRules => ({
  ...{ neverLog: [], excludedFolders: [], keptOut: [] },
  ...over,
})

export const aRuleSet = (over: Partial<MailboxRuleSet> = {}): MailboxRuleSet => ({
  ...{ version: 4, savedAt: at, byName: 'Alice Ashdown', rules: someRules(), locked: [] },
  inherited: byDefault,
  effective: {
    ...{ ...byDefault, version: 7, windowDays: null, retentionDays: null, neverLog: [] },
    ...{ ownDomains: [], excludedFolders: [], keptOut: [] },
  },
  ...over,
})

export const somePolicy = (over: Partial<WorkspaceRules> = {}): WorkspaceRules => ({
  ...{ neverLog: [], locked: [], ownDomains: [], privacyAddresses: [], timeZone: 'UTC' },
  ...over,
})

export const aPolicySet = (rules: Partial<WorkspaceRules> = {}): WorkspaceRuleSet => ({
  ...{ version: 2, savedAt: at, byName: 'Ada Admin', rules: somePolicy(rules) },
  inherited: byDefault,
})

export const aDryRun = (over: Partial<DryRun> = {}): DryRun => ({
  ...{ looked: 200, added: 0, removed: 1, hidden: 1 },
  reasons: [
    {
      ...{ reason: 'rule:abc', sentence: 'A never-log rule names somebody.', messages: 3 },
      rule: {
        ...{ id: 'abc', kind: 'any-party' },
        entries: [{ of: 'domain', value: 'clinic.example', subdomains: true }],
      },
    },
  ],
  changes: [
    {
      ...{ messageId: 'm-1', receivedAt: at, effect: 'removed', reason: 'rule:abc' },
      ...{ subject: 'Your appointment', emailId: 'e-7' },
      from: { name: 'Dr. Who', address: 'who@clinic.example' },
    },
    {
      ...{ messageId: 'm-2', receivedAt: at, effect: 'hidden', reason: 'rule:abc' },
      ...{ subject: null, from: null, emailId: null },
    },
  ],
  ...over,
})

/** Alice with her mailbox and its rules. */
export const withAlice =
  (set = aRuleSet()) =>
  (service: FakeService) => {
    service.session = aSession()
    service.mailboxes = [aMailbox()]
    give(service, `GET ${OF_ALICE}`, set)
    give(service, `GET ${OF_ALICE}/versions`, { versions: [] })
  }

/** An administrator with Alice's and Bob's mailboxes, and the rules of the organization. */
export const withAdmin =
  (set = aPolicySet()) =>
  (service: FakeService) => {
    withAlice()(service)
    service.session = aSession({ roles: ['member', 'admin'] })
    service.mailboxes = [aMailbox(), aMailbox({ id: 'm-bob', address: 'bob@contoso.test' })]
    give(service, `GET ${OF_ALL}`, set)
    give(service, `GET ${OF_ALL}/versions`, { versions: [] })
  }

export function give({ instead }: FakeService, asked: string, body: unknown, status = 200): void {
  instead.set(asked, { status, body })
}

/** What was changed, in the order in which it was. */
export const changesOf = ({ requests }: FakeService) =>
  requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path, ifMatch, body }) => ({ asked: `${method} ${path}`, ifMatch, body }))
