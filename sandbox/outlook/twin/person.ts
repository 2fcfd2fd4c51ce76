import type { Recipient } from '@microsoft/microsoft-graph-types'
import type { Person } from '../outlook-mail.ts'

export const toPerson = ({ emailAddress }: Recipient): Person => ({
  name: emailAddress?.name ?? '',
  address: emailAddress?.address ?? '',
})

export const toRecipient = ({ name, address }: Person) =>
  ({ emailAddress: { name: name || address, address } }) satisfies Recipient
