import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { HOUR, MINUTE, SECOND } from '../duration.ts'
import { ConfigError } from '../errors.ts'
import { planOf } from '../limits/plans.ts'
import { Environment } from './environment.ts'

/** How the app proves itself to Entra. */
export type ClientCredential =
  | { kind: 'secret'; secret: string }
  | { kind: 'certificate'; certificatePem: string; privateKeyPem: string }

/** Kept apart from `Config`, so that a logged or shown configuration cannot carry them. */
export type Secrets = {
  mongodbUrl: string
  rootKey: Buffer
  /** While the root key is being changed: the one before. */
  oldRootKey: Buffer | null
  clientCredential: ClientCredential
  /** Headers of new mail come encrypted for this certificate; null: notifications bring none. */
  richCertificate: { certificatePem: string; privateKeyPem: string } | null
  metricsToken: string | null
}

export type Config = ReturnType<typeof group>

/** Reads the environment once. Throws one ConfigError that names every variable at fault. */
export function readConfig(env: Record<string, string | undefined>): {
  config: Config
  secrets: Secrets
} {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = Environment.safeParse(given)
  const faults = read.success ? [] : read.error.issues.map(faultOf(given))
  faults.push(...credentialFaults(given), ...transportFaults(given))
  if (!read.success || faults.length > 0) throw new ConfigError(report(faults))
  return { config: group(read.data), secrets: secretsOf(read.data) }
}

function group(env: Environment) {
  return {
    http: {
      ...{ host: env.HOST, port: env.PORT, addinPort: env.ADDIN_PORT },
      leaveMs: env.LEAVE_SECONDS * SECOND,
    },
    publicUrl: origin(env.PUBLIC_URL),
    addinUrl: origin(env.ADDIN_URL),
    officeJsUrl: env.OFFICE_JS_URL,
    graphUrl: env.GRAPH_URL.replace(/\/$/, ''),
    entra: {
      authorityUrl: env.AUTHORITY_URL.replace(/\/$/, ''),
      tenant: env.TENANT,
      clientId: env.CLIENT_ID,
      apiScope: `api://${env.CLIENT_ID}/access_as_user`,
    },
    plan: planOf(env.PLAN, {
      emailsPerDay: env.PLAN_EMAILS_PER_DAY,
      emailsStored: env.PLAN_EMAILS_STORED,
      attachmentMb: env.PLAN_ATTACHMENT_MB,
    }),
    logLevel: env.LOG_LEVEL,
    sync: {
      coalesceMs: env.SYNC_COALESCE_MS,
      pollMs: env.SYNC_POLL_MS,
      leaseMs: env.SYNC_LEASE_SECONDS * SECOND,
      workers: env.SYNC_WORKERS,
      pageSize: {
        first: env.SYNC_PAGE_SIZE,
        min: Math.min(env.SYNC_PAGE_SIZE_MIN, env.SYNC_PAGE_SIZE),
        max: Math.max(env.SYNC_PAGE_SIZE_MAX, env.SYNC_PAGE_SIZE),
      },
      safetyPollMs: env.SYNC_SAFETY_POLL_MINUTES * MINUTE,
      reconcileMs: env.RECONCILE_HOURS * HOUR,
      housekeepingMs: env.HOUSEKEEPING_SECONDS * SECOND,
      concurrencyPerMailbox: env.GRAPH_CONCURRENCY_PER_MAILBOX,
      requestsPer10Minutes: env.GRAPH_REQUESTS_PER_10_MINUTES,
      subscriptionLifeMs: env.SUBSCRIPTION_LIFE_MINUTES * MINUTE,
    },
    requestsPerMinute: env.API_REQUESTS_PER_MINUTE,
    audit: {
      checkpointFile: env.AUDIT_CHECKPOINT_FILE ?? null,
      checkpointMs: env.AUDIT_CHECKPOINT_MINUTES * MINUTE,
    },
    sandbox:
      env.SANDBOX_FAULT_DESK_URL && env.SANDBOX_OUTLOOK_URL
        ? { faultDeskUrl: env.SANDBOX_FAULT_DESK_URL, outlookUrl: env.SANDBOX_OUTLOOK_URL }
        : null,
  }
}

function secretsOf(env: Environment): Secrets {
  return {
    mongodbUrl: env.MONGODB_URL,
    rootKey: Buffer.from(env.ROOT_KEY, 'base64'),
    oldRootKey: env.ROOT_KEY_OLD ? Buffer.from(env.ROOT_KEY_OLD, 'base64') : null,
    clientCredential: env.CLIENT_SECRET
      ? { kind: 'secret', secret: env.CLIENT_SECRET }
      : {
          kind: 'certificate',
          certificatePem: readPem('CLIENT_CERTIFICATE_FILE', env.CLIENT_CERTIFICATE_FILE),
          privateKeyPem: readPem('CLIENT_CERTIFICATE_KEY_FILE', env.CLIENT_CERTIFICATE_KEY_FILE),
        },
    richCertificate: richCertificateOf(env),
    metricsToken: env.METRICS_TOKEN ?? null,
  }
}

function richCertificateOf(env: Environment): Secrets['richCertificate'] {
  if (!env.RICH_CERTIFICATE_FILE) return null
  return {
    certificatePem: readPem('RICH_CERTIFICATE_FILE', env.RICH_CERTIFICATE_FILE),
    privateKeyPem: readPem('RICH_CERTIFICATE_KEY_FILE', env.RICH_CERTIFICATE_KEY_FILE),
  }
}

function readPem(name: string, path = ''): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(report([`${name}: the file cannot be read`]), { cause })
  }
}

/** A half-set pair is a mistake, not a choice. */
function credentialFaults(env: Record<string, string | undefined>): string[] {
  const rich = [env['RICH_CERTIFICATE_FILE'], env['RICH_CERTIFICATE_KEY_FILE']]
  if (rich.some(Boolean) && !rich.every(Boolean))
    return ['RICH_CERTIFICATE_FILE, RICH_CERTIFICATE_KEY_FILE: give both, or neither']
  const certificate = [env['CLIENT_CERTIFICATE_FILE'], env['CLIENT_CERTIFICATE_KEY_FILE']]
  if (certificate.every(Boolean)) return []
  if (certificate.some(Boolean))
    return ['CLIENT_CERTIFICATE_FILE, CLIENT_CERTIFICATE_KEY_FILE: give both, or neither']
  return env['CLIENT_SECRET']
    ? []
    : ['CLIENT_SECRET: is missing; give it, or a certificate with its key']
}

/** Graph posts to https only, and cookies need it; a loopback address is the sandbox. */
function transportFaults(env: Record<string, string | undefined>): string[] {
  return ['PUBLIC_URL', 'ADDIN_URL', 'GRAPH_URL', 'AUTHORITY_URL']
    .filter((name) => {
      const value = env[name]
      return value && URL.canParse(value) && !isSafe(new URL(value))
    })
    .map((name) => `${name}: must be https (http is accepted on localhost only)`)
}

const isSafe = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

const origin = (url: string) => new URL(url).origin

const faultOf = (env: Record<string, string | undefined>) => (issue: z.core.$ZodIssue) => {
  const name = issue.path.join('.')
  return `${name}: ${env[name] === undefined ? 'is missing' : issue.message}`
}

const report = (faults: string[]) =>
  `The service cannot start with this configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\n` +
  'Every variable is described in .env.example. To try FlowCRM without any of them: npm run sandbox'
