import { addressForms, type AddressForms } from '../../../crm/decide/addresses.ts'
import type { Party } from '../../../provider/provider.ts'

/** Everybody a message names. */
export type Correspondence = {
  from: Party | null
  sender: Party | null
  to: readonly Party[]
  cc: readonly Party[]
  bcc: readonly Party[]
  replyTo: readonly Party[]
}

/** All that take part, each once, in the forms that look-ups need. */
export function partiesOf({ from, sender, to, cc, bcc, replyTo }: Correspondence): AddressForms[] {
  const all = [
    ...(from ? [from] : []),
    ...(sender ? [sender] : []),
    ...to,
    ...cc,
    ...bcc,
    ...replyTo,
  ]
  return once(all.flatMap(formsOf))
}

/** Those it goes to. */
export const recipientsOf = ({ to, cc, bcc }: Correspondence): AddressForms[] =>
  once([...to, ...cc, ...bcc].flatMap(formsOf))

/**
 * What cannot be read and has an @ is a stranger whom no rule knows; what has none is a name of Exchange's own
 * (`/O=…/CN=…`), whose mail address is beside it or nowhere.
 */
function formsOf({ address }: Party): AddressForms[] {
  const forms = addressForms(address)
  if (forms) return [forms]
  return address.includes('@') ? [{ exact: address, folded: address, domain: '' }] : []
}

const once = (all: AddressForms[]): AddressForms[] => [
  ...new Map(all.map((forms) => [forms.exact, forms])).values(),
]
