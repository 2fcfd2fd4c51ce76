import type { Clock } from '../../webhook/clock.ts'
import type { Random } from '../random.ts'
import type { Accounts } from './state/accounts.ts'
import type { Consents } from './state/consents.ts'
import type { Faults } from './faults.ts'
import type { Grants } from './state/grants.ts'
import type { KeyRing } from './state/keys.ts'
import type { Resource } from './permissions.ts'
import type { RegisteredApp } from './state/registered-app.ts'

/** What every part of the issuer works with; `issuer.ts` alone builds it. */
export type IssuerContext = {
  clock: Clock
  random: Random
  /** Where the issuer is reached, without a trailing slash. Known once it listens. */
  url: () => string
  keys: KeyRing
  accounts: Accounts
  app: RegisteredApp
  consents: Consents
  grants: Grants
  faults: Faults
  /** Microsoft Graph first: bare scope names belong to it. */
  resources: readonly [graph: Resource, api: Resource]
}
