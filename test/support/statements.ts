import { STATEMENT_FORMAT, type Statement } from '../../models/wire/statement.ts'
import { NOW, WORKSPACE } from './builders.ts'

const counts = { pending: 0, stored: 2, excluded: 1, failed: 0, gone: 4 }

/** Of a mailbox with one folder, complete. */
export const aStatement = (over: Partial<Statement> = {}): Statement => ({
  format: STATEMENT_FORMAT,
  workspaceId: WORKSPACE,
  mailbox: { id: 'mailbox-alice', address: 'alice@flow.example' },
  at: NOW.toISOString(),
  serviceVersion: '0.2.0',
  ruleVersion: 1,
  complete: true,
  shortfalls: [],
  folders: [
    {
      id: 'folder-inbox',
      name: 'Inbox',
      deletedAt: null,
      counts,
      comparison: {
        at: NOW.toISOString(),
        equal: true,
        mailboxCount: 3,
        ledgerCount: 3,
        missing: 0,
        surplus: 0,
        repaired: 1,
        lostEmails: 0,
        counts,
        ruleVersion: 1,
        serviceVersion: '0.2.0',
      },
    },
  ],
  ...over,
})
