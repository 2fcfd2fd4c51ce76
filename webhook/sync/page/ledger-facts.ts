import type { ProviderMessage } from '../../provider/provider.ts'
import { messageIdKeyOf } from '../decide/identity.ts'
import { partiesOf } from '../decide/parties/parties.ts'
import type { PageContext } from './page-context.ts'

/** What the ledger keeps of a message, whatever was decided. */
export function ledgerFacts(
  { folder, keys, rules }: Pick<PageContext, 'folder' | 'keys' | 'rules'>,
  message: ProviderMessage,
  reason?: string,
) {
  const isErased = reason === 'erased-person' // nothing may lead back to who that is
  const sender = isErased ? undefined : message.from?.address.trim().toLowerCase()
  return {
    folderId: folder._id,
    ruleVersion: rules.version,
    receivedAt: message.receivedAt,
    messageIdKey: isErased ? null : messageIdKeyOf(keys.blind, message.internetMessageId),
    senderKey: sender ? keys.blind('address', sender) : null,
    partyKeys: reason === 'no-contact' ? addressKeysOf(keys.blind, [message]) : [],
    ...{ attempts: 0, retryAt: null, full: null },
  }
}

/** The blind keys of everybody's address, as it is written and without its plus tag. */
export function addressKeysOf(
  blind: PageContext['keys']['blind'],
  messages: readonly Parameters<typeof partiesOf>[0][],
): string[] {
  const forms = messages.flatMap(partiesOf)
  const spellings = new Set(forms.flatMap(({ exact, folded }) => [exact, folded]))
  return [...spellings].map((spelling) => blind('address', spelling))
}
