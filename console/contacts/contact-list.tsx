import { Avatar, makeStyles, tokens } from '@fluentui/react-components'
import { memo } from 'react'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { card, unseenIsFree } from '../shell/look.ts'

/** What a contact is called: some have no name. */
export const nameOf = ({ name, addresses: [first] }: Contact): string =>
  name || (first?.address ?? 'Contact without a name')

type ContactListProps = { contacts: readonly Contact[] }

/** As many rows are drawn and laid out together: when more come to thousands, the others cost next to nothing. */
const ROWS_TOGETHER = 50
const ROW_PX = 56

/** Contacts, each with the way to its page. */
export const ContactList = memo(function ContactList({ contacts }: ContactListProps) {
  const styles = useStyles()
  const parts = Array.from({ length: Math.ceil(contacts.length / ROWS_TOGETHER) }, (_, part) =>
    contacts.slice(part * ROWS_TOGETHER, (part + 1) * ROWS_TOGETHER),
  )
  return (
    <div role="list" className={styles.list} aria-label="Contacts">
      {parts.map((part, at) => (
        <Rows key={at} contacts={part} />
      ))}
    </div>
  )
})

const Rows = memo(
  function Rows({ contacts }: ContactListProps) {
    const styles = useStyles()
    return (
      <div role="presentation" className={styles.rows}>
        {contacts.map((contact) => (
          <ContactRow key={contact.id} contact={contact} />
        ))}
      </div>
    )
  },
  ({ contacts: drawn }, { contacts: next }) =>
    drawn.length === next.length && drawn.every((contact, at) => contact === next[at]),
)

const ContactRow = memo(function ContactRow({ contact }: { contact: Contact }) {
  const styles = useStyles()
  const name = nameOf(contact)
  const [first] = contact.addresses
  return (
    <div role="listitem" className={styles.row}>
      <Avatar name={name} size={32} color="colorful" aria-hidden />
      <div className={styles.texts}>
        <PageLink to={addresses.contact(contact.id)}>
          <bdi>{name}</bdi>
        </PageLink>
        <bdi className={styles.quiet}>
          {[contact.jobTitle, contact.company?.name].filter(Boolean).join(', ')}
        </bdi>
      </div>
      {first && <bdi className={styles.address}>{first.address}</bdi>}
    </div>
  )
})

const useStyles = makeStyles({
  list: card,
  rows: { ...unseenIsFree, containIntrinsicSize: `auto ${ROWS_TOGETHER * ROW_PX}px` },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    '@media (min-width: 720px)': {
      gridTemplateColumns: 'auto minmax(0, 1fr) minmax(0, 1fr)',
    },
  },
  texts: { display: 'grid', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  address: {
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
    '@media (max-width: 719px)': { gridColumn: '2' },
  },
})
