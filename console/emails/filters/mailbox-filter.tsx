import { Select } from '@fluentui/react-components'
import type { Mailbox } from '../../../models/wire/mailbox.ts'

export type MailboxFilterProps = {
  mailboxes: readonly Mailbox[]
  /** The chosen mailbox's id; null for all. */
  chosen: string | null
  onChoose: (mailboxId: string | null) => void
}

/** Whose mail is listed. */
export function MailboxFilter({ mailboxes, chosen, onChoose }: MailboxFilterProps) {
  return (
    <Select
      aria-label="Show mail of"
      size="small"
      value={chosen ?? ''}
      onChange={(_event, { value }) => onChoose(value || null)}
    >
      <option value="">All mailboxes</option>
      {mailboxes.map(({ id, address }) => (
        <option key={id} value={id}>
          {address}
        </option>
      ))}
    </Select>
  )
}
