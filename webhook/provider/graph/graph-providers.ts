import type { MailboxIdentity, MailRight, Providers } from '../provider.ts'
import { GraphProvider } from './graph-provider.ts'
import type { TokenOptions } from './requests/access-token.ts'
import { GraphClient } from './requests/graph-client.ts'
import type { GateParts } from './requests/mailbox-gate.ts'
import { MailboxGates } from './requests/mailbox-gates.ts'
import type { NetworkParts } from './requests/network.ts'

export type GraphProvidersParts = NetworkParts & {
  graphUrl: string
  /** A token for that mailbox; throws `ProviderError` reconnect-needed when the person must come back. */
  accessToken: (
    mailbox: MailboxIdentity,
    options: TokenOptions & { right: MailRight },
  ) => Promise<string>
  concurrencyPerMailbox: number
  /** Of one mailbox, in any 10 minutes. */
  requestsPer10Minutes: number
  random: () => number
  /** How many processes make requests for the same mailboxes. */
  sharers: GateParts['sharers']
  onWait?: NonNullable<GateParts['onWait']>
}

/** A provider per mailbox. All providers of a mailbox share its gate. */
export function graphProviders(parts: GraphProvidersParts): Providers {
  const { graphUrl, accessToken, concurrencyPerMailbox: concurrency, clock } = parts
  const gates = new MailboxGates({ ...parts, concurrency })
  const gateOf = ({ workspaceId, providerUserId }: MailboxIdentity) =>
    gates.of(`${workspaceId} ${providerUserId}`)
  return {
    load: (mailbox) => gateOf(mailbox).load(),
    forMailbox(mailbox, right = 'read') {
      const { providerUserId } = mailbox
      const graph = new GraphClient(graphUrl, {
        ...parts,
        accessToken: (options = { fresh: false }) => accessToken(mailbox, { ...options, right }),
        gate: () => gateOf(mailbox),
      })
      return new GraphProvider({ graph, providerUserId, clock })
    },
  }
}
