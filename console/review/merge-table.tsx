import { makeStyles } from '@fluentui/react-components'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import type { MergePreview } from '../../models/wire/contacts/upkeep.ts'
import { nameOf } from '../contacts/contact-list.tsx'
import { DataTable } from '../contacts/data-table.tsx'

export type MergeTableProps = { kept: Contact; absorbed: Contact; preview: MergePreview }

const LINES: [string, (contact: Contact) => string][] = [
  ['Name', ({ name }) => name],
  ['Job', ({ jobTitle }) => jobTitle],
  ['Company', ({ company }) => company?.name ?? ''],
  ['Phone', ({ phone }) => phone],
  ['E-mail', ({ addresses }) => addresses.map(addressWords).join(', ')],
]

/** What each of the two has, what the kept one will have, and how much mail comes to it. */
export function MergeTable({ kept, absorbed, preview }: MergeTableProps) {
  const styles = useStyles()
  const { becomes, emailsMoving } = preview
  return (
    <>
      <DataTable
        caption="Both, and what they become"
        hasRowHeads
        head={['What', 'Kept', 'Merged into it', 'Becomes']}
        rows={LINES.filter(([, textOf]) => textOf(becomes) !== '').map(([label, textOf]) => ({
          key: label,
          cells: [label, ...[kept, absorbed, becomes].map((contact) => textOf(contact) || '–')],
        }))}
      />
      <p className={styles.text}>
        {movingWords(emailsMoving)} Notes, tasks and meetings are shown with{' '}
        <bdi>{nameOf(becomes)}</bdi>. You can undo this on the page “Review contacts”.
      </p>
    </>
  )
}

function movingWords(emails: number): string {
  if (emails === 0) return 'No e-mail moves: all of them are with the kept contact already.'
  return emails === 1
    ? 'One e-mail comes to the kept contact.'
    : `${emails.toLocaleString()} e-mails come to the kept contact.`
}

function addressWords({ address, formerSince }: Contact['addresses'][number]): string {
  return formerSince === null ? address : `${address} (no longer in use)`
}

const useStyles = makeStyles({ text: { margin: 0 } })
