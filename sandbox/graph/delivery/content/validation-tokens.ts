import type { DeliveryKnobs } from '../../knobs.ts'
import type { Parcel } from '../parcel.ts'

/** Signs a validation token as Graph Change Tracking does; `expired` asks for one that is no longer valid (graph-contract 2.4). */
export type SignValidationToken = (wanted: {
  tenantId: string
  appId: string
  version: 1 | 2
  expired?: boolean
}) => Promise<string>

/** An app that nobody here owns, for tokens meant for somebody else. */
const FOREIGN_APP = '00000000-0000-4000-8000-00000000f0e1'

/**
 * One token for each app and tenant in a batch with rich items; undefined for a batch without any, null when the app's
 * service principal requires assignment (graph-contract 2.4).
 */
export async function validationTokensFor(
  parcels: readonly Parcel[],
  sign: SignValidationToken | undefined,
  {
    richFlaw,
    validationTokenVersion: version,
  }: Pick<DeliveryKnobs, 'richFlaw' | 'validationTokenVersion'>,
): Promise<string[] | null | undefined> {
  const rich = parcels.filter(({ item }) => item.encryptedContent)
  if (rich.length === 0) return undefined
  if (!sign || richFlaw === 'null-tokens') return null
  const recipients = new Map(
    rich.map(({ subscription: { tenantId, appId, notificationUrlAppId = appId } }) => [
      `${tenantId}|${notificationUrlAppId}`,
      { tenantId, appId: richFlaw === 'foreign-token' ? FOREIGN_APP : notificationUrlAppId },
    ]),
  )
  const expired = richFlaw === 'expired-token' ? { expired: true } : {}
  return Promise.all(
    [...recipients.values()].map((recipient) => sign({ ...recipient, version, ...expired })),
  )
}
