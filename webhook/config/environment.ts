import { z } from 'zod'
import { planNames } from '../limits/plans.ts'

const url = z.url({ protocol: /^https?$/, error: 'must be a URL such as https://crm.example.com' })
const port = z.coerce.number('must be a port number').int().min(0).max(65_535)
const count = z.coerce.number('must be a number').int().positive()
const mongodbUrl = z
  .string()
  .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
const rootKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')

/** What `.env.example` tells about a variable. */
export type About = { about: string; example?: string; secret?: boolean }

/** Every environment variable the service reads. Names carry units; `.env.example` is written from here. */
export const Environment = z.object({
  PORT: port.default(3000).meta({ about: 'Port of the console, the API and the Graph webhook.' }),
  HOST: z.string().min(1).default('0.0.0.0').meta({
    about: 'Address both ports listen on; localhost when a proxy on this machine is in front.',
  }),
  ADDIN_PORT: port
    .default(3004)
    .meta({ about: "Port of the add-in's pages: an origin of their own, without cookies." }),
  LEAVE_SECONDS: z.coerce.number('must be a number').int().min(0).max(60).default(3).meta({
    about:
      'How long an instance told to stop goes on answering, so that a load balancer sees by /readyz that it leaves.',
  }),
  PUBLIC_URL: url.meta({
    about: 'Where people and Microsoft Graph reach PORT. Must be https outside the sandbox.',
    example: 'https://crm.example.com',
  }),
  ADDIN_URL: url.meta({
    about: 'Where Outlook reaches ADDIN_PORT. The only other origin that may call the API.',
    example: 'https://addin.example.com',
  }),
  MONGODB_URL: mongodbUrl.meta({
    about:
      'MongoDB 5 or later, or Azure DocumentDB; a standalone server is enough. To try things without one: npm run sandbox.',
    example: 'mongodb://127.0.0.1:27017/flowcrm',
    secret: true,
  }),
  GRAPH_URL: url
    .default('https://graph.microsoft.com/v1.0')
    .meta({ about: 'Microsoft Graph; another for national clouds.' }),
  AUTHORITY_URL: url
    .default('https://login.microsoftonline.com')
    .meta({ about: 'Microsoft Entra; another for national clouds.' }),
  TENANT: z
    .string()
    .min(1)
    .default('organizations')
    .meta({ about: 'Tenant id or domain that may sign in, or organizations for any.' }),
  CLIENT_ID: z.guid('must be the application (client) id, a GUID').meta({
    about: 'Application (client) id of the app registration.',
    example: '00000000-0000-0000-0000-000000000000',
  }),
  CLIENT_SECRET: z.string().min(1).optional().meta({
    about: 'Client secret. Give this, or the certificate below (preferred).',
    secret: true,
  }),
  CLIENT_CERTIFICATE_FILE: z
    .string()
    .min(1)
    .optional()
    .meta({ about: 'PEM file of the certificate registered with the app.' }),
  CLIENT_CERTIFICATE_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .meta({ about: 'PEM file of its private key.' }),
  ROOT_KEY: rootKey.meta({
    about: 'Wraps all other keys: 32 bytes in base64. Make one with: openssl rand -base64 32',
    example: '',
    secret: true,
  }),
  ROOT_KEY_OLD: rootKey.optional().meta({
    about: 'While ROOT_KEY is being changed: the one before (docs/operations.md).',
    secret: true,
  }),
  EXTRA_CA_FILE: z
    .string()
    .min(1)
    .optional()
    .meta({ about: "PEM file of a further certificate authority to trust, such as a proxy's." }),
  PLAN: z.enum(planNames).default('enterprise').meta({
    about:
      'What each organization may use: professional (10,000 e-mails a day, 100,000 stored, 50 MB an attachment) or enterprise (no limit of e-mails, 100 MB).',
  }),
  PLAN_EMAILS_PER_DAY: z.coerce.number('must be a number').int().min(0).optional().meta({
    about: "Another number of e-mails a day than the plan's; 0 is no limit.",
  }),
  PLAN_EMAILS_STORED: z.coerce.number('must be a number').int().min(0).optional().meta({
    about: "Another number of stored e-mails than the plan's; 0 is no limit.",
  }),
  PLAN_ATTACHMENT_MB: count
    .optional()
    .meta({ about: "Another size of the largest attachment than the plan's, in MB." }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .meta({ about: 'How much is logged. Logs never hold subjects, bodies, addresses or tokens.' }),
  OFFICE_JS_URL: url
    .default('https://appsforoffice.microsoft.com/lib/1/hosted/office.js')
    .meta({ about: 'Office.js; the sandbox serves a stand-in.' }),
  SYNC_COALESCE_MS: count.default(500).meta({
    about: 'How long a folder waits after a notification, so that a burst costs one request.',
  }),
  SYNC_POLL_MS: count
    .default(200)
    .meta({ about: 'How often one of the idle workers looks for folders that are due.' }),
  SYNC_LEASE_SECONDS: count
    .default(60)
    .meta({ about: 'How long a worker may be silent before another takes its folder over.' }),
  SYNC_WORKERS: count.max(64).default(4).meta({ about: 'Folders synced at the same time.' }),
  SYNC_PAGE_SIZE: count
    .max(500)
    .default(100)
    .meta({ about: 'Messages asked for in the first page; later pages adapt to time and size.' }),
  SYNC_PAGE_SIZE_MIN: count.max(500).default(25).meta({ about: 'The smallest page.' }),
  SYNC_PAGE_SIZE_MAX: count.max(500).default(500).meta({ about: 'The largest page.' }),
  SYNC_SAFETY_POLL_MINUTES: count.default(360).meta({
    about:
      'How long a quiet folder may go unasked: notifications can be lost. A folder quieter than its own habit is asked sooner.',
  }),
  RECONCILE_HOURS: count.max(168).default(24).meta({
    about: 'How often the ids of a folder are compared with the ledger. The light counts on it.',
  }),
  HOUSEKEEPING_SECONDS: count
    .default(10)
    .meta({ about: 'How often renewals, retries and other chores are looked at.' }),
  GRAPH_CONCURRENCY_PER_MAILBOX: count
    .max(4)
    .default(4)
    .meta({ about: 'Requests in flight for one mailbox; Graph allows 4.' }),
  GRAPH_REQUESTS_PER_10_MINUTES: count
    .default(10_000)
    .meta({ about: 'Requests for one mailbox in 10 minutes; Graph allows 10,000.' }),
  SUBSCRIPTION_LIFE_MINUTES: count
    .min(45)
    .max(10_080)
    .default(10_065)
    .meta({ about: 'Life asked for a subscription. What Graph grants is obeyed.' }),
  RICH_CERTIFICATE_FILE: z.string().min(1).optional().meta({
    about:
      'PEM file of an RSA certificate (self-signed will do). With it, notifications bring the headers of new mail, encrypted for it.',
  }),
  RICH_CERTIFICATE_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .meta({ about: 'PEM file of its private key.' }),
  METRICS_TOKEN: z.string().min(16).optional().meta({
    about:
      'Bearer token with which Prometheus may read /metrics. Without it there is no such page.',
    secret: true,
  }),
  API_REQUESTS_PER_MINUTE: count.default(600).meta({
    about: 'Requests one person may make in a minute, and at once; of each instance.',
  }),
  AUDIT_CHECKPOINT_FILE: z.string().min(1).optional().meta({
    about:
      'Signed heads of the audit log, and reports of erasures, are added to this file. Have it where nobody who can write into the database can write.',
  }),
  AUDIT_CHECKPOINT_MINUTES: count.default(60).meta({
    about: 'How often the head of an audit log that grew is signed, for that file and for the log.',
  }),
  SANDBOX_FAULT_DESK_URL: url.optional().meta({ about: 'Set by the sandbox only.' }),
  SANDBOX_OUTLOOK_URL: url.optional().meta({ about: 'Set by the sandbox only.' }),
})
export type Environment = z.infer<typeof Environment>
