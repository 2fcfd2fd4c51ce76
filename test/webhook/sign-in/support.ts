import type { PersonKey } from '../../../sandbox/sign-in/directory.ts'
import type { MailboxIdentity } from '../../../webhook/provider/provider.ts'
import { MailTokens } from '../../../webhook/sign-in/tokens/mail-tokens.ts'
import { connect, type World } from '../http/support/world.ts'

/** Signs somebody in and connects their mailbox; the answer is what sync knows of it. */
export async function connectedMailbox(world: World, person: PersonKey): Promise<MailboxIdentity> {
  const browser = await world.signedIn(person)
  await connect(world, browser, person)
  const { workspaceId, userId, homeAccountId } = world.mailboxes.connecting.at(-1)!
  return { workspaceId, providerUserId: userId, authMode: 'delegated', homeAccountId }
}

/** Another process of the service: it has no token at hand, and the same sealed cache. */
export const anInstance = (world: World): MailTokens =>
  new MailTokens({ ...world, graphResource: world.issuer.graphResource })

export const appMailbox = (workspaceId: string): MailboxIdentity => ({
  workspaceId,
  providerUserId: '5a1e5000-0004-45a1-85a1-000000005a1e',
  authMode: 'app',
  homeAccountId: null,
})

type MsalCache = { AccessToken: Record<string, unknown>; RefreshToken: Record<string, unknown> }

/** What MSAL keeps in a partition. */
export async function openedCache(world: World, partition: string): Promise<MsalCache> {
  const found = await world.tokenCacheStore.find(partition)
  return JSON.parse(found!.text!) as MsalCache
}

/** As if its hour were over: the next token for this partition needs a call. */
export async function forgetAccessTokens(world: World, partition: string): Promise<void> {
  const cache = await openedCache(world, partition)
  await world.tokenCache.replace(partition, JSON.stringify({ ...cache, AccessToken: {} }))
}
