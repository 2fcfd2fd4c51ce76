import { AadstsError } from './aadsts.ts'
import { flowCrm, GRAPH_CLIENT_ID } from './directory.ts'

/** An API that tokens are for. `uri` is what scopes start with; the API says which token version it takes. */
export type Resource = { clientId: string; name: string; uri: string; accessTokenVersion: 1 | 2 }

/** What a person reads on the consent page. */
export type Wording = { title: string; detail: string }

/** Delegated permissions of Microsoft Graph that the sandbox knows (graph-contract 7.2). */
const GRAPH_DELEGATED: Readonly<Record<string, Wording>> = {
  openid: { title: 'Sign you in', detail: 'Learn that it is you, without learning a password.' },
  profile: { title: 'See your basic profile', detail: 'Your name and user name.' },
  email: { title: 'See your e-mail address', detail: 'Your primary address.' },
  offline_access: {
    title: 'Keep this access while you are away',
    detail: 'Until you or your administrator take it back. It adds nothing to what you allow here.',
  },
  'User.Read': { title: 'Read your profile', detail: 'Your name, address and job title.' },
  'Mail.ReadBasic': {
    title: 'See who writes to you, and when',
    detail: 'Senders, recipients, subjects and dates, but not what the mail says.',
  },
  'Mail.Read': { title: 'Read your mail', detail: 'All of it, with its attachments.' },
  'Mail.ReadWrite': {
    title: 'Read and change your mail',
    detail: 'Write drafts, mark, move and delete mail. It cannot send any.',
  },
  'Mail.Send': { title: 'Send mail as you', detail: 'Without asking you each time.' },
  'Mail.Read.Shared': { title: 'Read mail shared with you', detail: 'In mailboxes you may open.' },
  'Mail.ReadWrite.Shared': {
    title: 'Read and change mail shared with you',
    detail: 'In mailboxes you may open.',
  },
  'MailboxSettings.Read': {
    title: 'Read your mailbox settings',
    detail: 'Time zone, language and automatic replies.',
  },
  'Calendars.Read': { title: 'Read your calendars', detail: 'Events, and who takes part in them.' },
}

const GRAPH_APPLICATION: Readonly<Record<string, Wording>> = {
  'Mail.ReadBasic.All': {
    title: 'See who writes to whom in every mailbox',
    detail: 'Without anybody signed in; not what the mail says.',
  },
  'Mail.Read': { title: 'Read mail in every mailbox', detail: 'Without anybody signed in.' },
  'Mail.ReadWrite': {
    title: 'Read and change mail in every mailbox',
    detail: 'Without anybody signed in.',
  },
  'Mail.Send': { title: 'Send mail as anybody', detail: 'Without anybody signed in.' },
  'MailboxSettings.Read': {
    title: 'Read the settings of every mailbox',
    detail: 'Without anybody signed in.',
  },
  'Calendars.Read': { title: 'Read every calendar', detail: 'Without anybody signed in.' },
  'User.Read.All': { title: 'Read everybody’s profile', detail: 'Without anybody signed in.' },
}

const FLOWCRM_DELEGATED: Readonly<Record<string, Wording>> = {
  [flowCrm.scope]: {
    title: `Use ${flowCrm.name} as you`,
    detail: 'See and change there what you may see and change.',
  },
}

export const OPENID_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access']

const delegatedOf = ({ clientId }: Resource) =>
  clientId === GRAPH_CLIENT_ID ? GRAPH_DELEGATED : FLOWCRM_DELEGATED

export const delegatedWording = (resource: Resource, permission: string): Wording =>
  delegatedOf(resource)[permission] ?? { title: permission, detail: '' }

export const applicationWording = (permission: string): Wording =>
  GRAPH_APPLICATION[permission] ?? { title: permission, detail: '' }

/** What one resource is asked for. `prefix` repeats how the scopes were written, since replies echo that. */
export type Asked = {
  resource: Resource
  prefix: string
  permissions: string[]
  isDefault: boolean
}

/** A scope parameter: the words of OpenID Connect, and what is asked of each resource. */
export type Scope = { openid: string[]; asked: Asked[] }

/**
 * Bare names (`Mail.Read`) belong to Microsoft Graph, as in Entra. `.default` stands for every permission in the app's
 * registration. Unknown resources and scopes are refused (500011, 650053).
 */
export function parseScope(scope: string, resources: readonly [Resource, ...Resource[]]): Scope {
  const words = [...new Set(scope.split(' ').filter(Boolean))]
  const asked = new Map<Resource, Asked>()
  for (const word of words.filter((each) => !OPENID_SCOPES.includes(each))) {
    const { resource, prefix } = resourceOf(word, resources)
    const entry = asked.get(resource) ?? { resource, prefix, permissions: [], isDefault: false }
    const name = word.slice(prefix.length)
    if (name === '.default') entry.isDefault = true
    entry.permissions.push(
      ...(name === '.default' ? registeredPermissions(resource) : [permissionOf(resource, name)]),
    )
    asked.set(resource, entry)
  }
  return {
    openid: words.filter((word) => OPENID_SCOPES.includes(word)),
    asked: [...asked.values()],
  }
}

function resourceOf(word: string, [graph, ...others]: readonly [Resource, ...Resource[]]) {
  const resource = [graph, ...others].find(({ uri }) => word.startsWith(`${uri}/`))
  if (resource) return { resource, prefix: `${resource.uri}/` }
  if (word.includes('/')) throw new AadstsError(500011, `Scope: ${word}.`)
  return { resource: graph, prefix: '' }
}

function permissionOf(resource: Resource, name: string): string {
  const known = Object.keys(delegatedOf(resource)).find(
    (permission) => permission.toLowerCase() === name.toLowerCase(),
  )
  if (!known) throw new AadstsError(650053, `Scope: ${name}. Resource: ${resource.name}.`)
  return known
}

/** The delegated permissions in the app's registration. */
export const registeredPermissions = ({ clientId }: Resource): readonly string[] =>
  clientId === GRAPH_CLIENT_ID ? flowCrm.delegatedGraphPermissions : [flowCrm.scope]

/** The application permissions in the app's registration. */
export const registeredRoles = ({ clientId }: Resource): readonly string[] =>
  clientId === GRAPH_CLIENT_ID ? flowCrm.applicationGraphPermissions : []
