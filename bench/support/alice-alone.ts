import { GraphTwin } from '../../sandbox/graph/twin.ts'
import { Random } from '../../sandbox/random.ts'
import { people, tenants } from '../../sandbox/sign-in/directory.ts'
import { realClock } from '../../webhook/clock.ts'
import { HOUR } from '../../webhook/duration.ts'

/** A Graph twin with Alice's mailbox and nothing else, open to any token. */
export function aliceAlone(): GraphTwin {
  const { oid, mail, name } = people.alice
  const twin = GraphTwin.create({
    clock: realClock,
    random: new Random(1),
    tokenCheck: async () => ({
      aud: 'https://graph.microsoft.com',
      appId: 'bench',
      tid: tenants.contoso.id,
      oid,
      scopes: ['Mail.Read'],
      roles: [],
      capabilities: [],
      issuedAt: new Date(),
      expiresAt: new Date(Date.now() + HOUR),
    }),
    knobs: { http: { throttling: false } },
  })
  twin.mailboxes.addMailbox({ userId: oid, address: mail, displayName: name })
  return twin
}
