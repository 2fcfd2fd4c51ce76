/** Microsoft's clouds (graph-contract 7.6). Tokens of one are worth nothing in another. */
const LOGIN_HOSTS = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
])
const GRAPH_HOSTS = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
])

/** An authority whose metadata MSAL carries itself. */
export const isMicrosoftLogin = (host: string): boolean => LOGIN_HOSTS.has(host)

/**
 * Whether an address that the authority's document names is the authority's own: credentials go there and keys come from
 * there (reliability I7). Microsoft's clouds answer under several of their names.
 */
export function isOfAuthority(authorityUrl: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const [authority, { origin, protocol, host }] = [new URL(authorityUrl), new URL(address)]
  const isAtMicrosoft = isMicrosoftLogin(authority.host) && isMicrosoftLogin(host)
  return origin === authority.origin || (isAtMicrosoft && protocol === 'https:')
}

/** What scopes call Graph: its address, or Microsoft's public one where a stand-in is addressed. */
export function graphResourceOf(graphUrl: string): string {
  const { host, origin } = new URL(graphUrl)
  return GRAPH_HOSTS.has(host) ? origin : 'https://graph.microsoft.com'
}
