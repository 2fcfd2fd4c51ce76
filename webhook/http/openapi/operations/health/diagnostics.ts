import { Activity, ActivityQuery } from '../../../../../models/wire/health/activity.ts'
import { Findings } from '../../../../../models/wire/health/findings.ts'
import { MailboxHealth } from '../../../../../models/wire/health/mailbox-health.ts'
import { SupportBundle } from '../../../../../models/wire/health/support-bundle.ts'
import type { Operation } from '../../operation.ts'

const at = '2026-11-20T09:00:00.000Z'

const lag = {
  ...{ messages: 120, since: '2026-11-19T09:12:00.000Z' },
  provider: { p50Ms: 1_800, p95Ms: 6_200 },
  ours: { p50Ms: 240, p95Ms: 900 },
}

const step = {
  ...{ step: 'credential', status: 'ok', code: 'accepted', fault: null, todo: null, ms: 412 },
  sentence: 'Microsoft gave FlowCRM a new token, and Microsoft 365 took it.',
}

const lastTest = { startedAt: at, finishedAt: at, status: 'ok', ms: 2_400, steps: [step] }

const activity = {
  ...{ at, kind: 'comparison', severity: 'info', folderName: 'Inbox' },
  sentence: 'Compared with the mailbox: no difference in 1,204 messages.',
}

const finding = {
  ...{ code: 'silence-asked', severity: 'info', folderName: 'Inbox', todo: null },
  mailbox: { id: 'GXQlJ0wL8qQnXzX0bq3m9vYt2Aa', address: 'alice@contoso.test', displayName: '' },
  ...{ since: '2026-11-20T02:00:00.000Z', askedAt: '2026-11-20T08:30:00.000Z' },
  sentence:
    'Nothing has come or changed here for 7 hours, which is longer than usual: up to 2 hours. Microsoft 365 was asked and has nothing new, so nothing is missing.',
}

const bundle = {
  ...{ format: 'flowcrm-support-bundle/1', at, lag, lastTest, folders: [], subscriptions: [] },
  service: { version: '1.0.0', ruleVersion: 3, node: 'v22.0.0', instances: [] },
  configuration: { set: ['graphUrl', 'secrets.rootKey'], notSet: ['secrets.oldRootKey'] },
  mailbox: {
    ...{ id: 'GXQlJ0wL8qQnXzX0bq3m9vYt2Aa', owner: 'q3m9vYt2AaGXQlJ0wL8qQg' },
    ...{ authMode: 'delegated', status: 'connected', light: 'green', trouble: null, paused: null },
    settings: { pollEveryMinutes: null, windowDays: 90, sharing: 'private' },
  },
}

type Told = Pick<Operation, 'method' | 'id' | 'summary' | 'answers' | 'query'>

const one = (operation: Told, of: string) => ({
  ...{ path: `/api/v1/mailboxes/{id}${of}`, tag: 'Mailboxes', access: 'person' as const },
  ...operation,
})

export const diagnosticsOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/health/findings', id: 'getFindings', tag: 'Mailboxes' },
    ...{ access: 'person', summary: 'Folders that are silent, and mailboxes connected twice' },
    answers: {
      200: {
        about: 'The worst first: of own mailboxes, for administrators of all.',
        json: { Findings },
        example: { at, findings: [finding] },
      },
    },
  },
  one(
    {
      ...{ method: 'post', id: 'testMailbox', summary: 'Test Sync: tries each part of the way' },
      answers: {
        200: {
          about:
            'Server-sent events: each step when it begins and when it ends, the whole at last.',
          type: 'text/event-stream',
          example: `event: step-ended\ndata: ${JSON.stringify({ type: 'step-ended', result: step })}\n\n`,
        },
        409: { about: 'A test of this mailbox is running already.' },
      },
    },
    '/test',
  ),
  one(
    {
      ...{ method: 'get', id: 'getMailboxHealth', summary: 'How late mail is, and the last test' },
      answers: {
        200: {
          about: 'Of the latest messages.',
          json: { MailboxHealth },
          example: { at, lag, lastAnnouncedAt: at, requests: { used: 34, most: 9_000 }, lastTest },
        },
      },
    },
    '/health',
  ),
  one(
    {
      ...{ method: 'get', id: 'getActivity', summary: 'What was done, and what went wrong' },
      query: ActivityQuery,
      answers: {
        200: {
          about: 'Newest first.',
          json: { Activity },
          example: { entries: [activity], isCut: false },
        },
      },
    },
    '/activity',
  ),
  one(
    {
      ...{ method: 'get', id: 'getSupportBundle', summary: 'What support needs to know' },
      answers: {
        200: {
          about: 'Without addresses, names, subjects, or values of the service’s settings.',
          json: { SupportBundle },
          example: bundle,
        },
      },
    },
    '/support-bundle',
  ),
]
