import type { Clock } from '../../clock.ts'
import type { MailboxIdentity, Providers } from '../provider.ts'
import { GraphClient } from './graph-client.ts'
import { GraphProvider } from './graph-provider.ts'
import type { ChainParts } from './middleware.ts'
import { MailboxGate } from './mailbox-gate.ts'

export type GraphProvidersParts = {
  graphUrl: string
  /** A token for that mailbox; throws `ProviderError` reconnect-needed when the person must come back. */
  accessToken: (mailbox: MailboxIdentity, options?: { fresh: boolean }) => Promise<string>
  concurrencyPerMailbox: number
  clock: Clock
}

/** A provider per mailbox. The gates live as long as the process, so that all callers share a mailbox's four places. */
export function graphProviders(parts: GraphProvidersParts): Providers {
  const { graphUrl, accessToken, concurrencyPerMailbox, clock } = parts
  const gates = new Map<string, MailboxGate>()

  const gateOf = (providerUserId: string) => {
    const gate =
      gates.get(providerUserId) ?? new MailboxGate({ clock, concurrency: concurrencyPerMailbox })
    gates.set(providerUserId, gate)
    return gate
  }

  return {
    forMailbox(mailbox) {
      const chainParts: ChainParts = {
        accessToken: (options) => accessToken(mailbox, options),
        gate: gateOf(mailbox.providerUserId),
        clock,
      }
      const root = `/users/${encodeURIComponent(mailbox.providerUserId)}`
      return new GraphProvider({ graph: new GraphClient(graphUrl, chainParts), root, clock })
    },
  }
}
