import { Avatar, makeStyles, tokens } from '@fluentui/react-components'
import { memo } from 'react'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { card, plainList } from '../shell/look.ts'

/** What a contact is called: some have no name. */
export const nameOf = ({ name, addresses: [first] }: Contact): string =>
  name || (first?.address ?? 'Contact without a name')

export function ContactList({ contacts }: { contacts: readonly Contact[] }) {
  const styles = useStyles()
  return (
    <ul className={styles.list} aria-label="Contacts">
      {contacts.map((contact) => (
        <ContactRow key={contact.id} contact={contact} />
      ))}
    </ul>
  )
}

const ContactRow = memo(function ContactRow({ contact }: { contact: Contact }) {
  const styles = useStyles()
  const name = nameOf(contact)
  const [first] = contact.addresses
  return (
    <li className={styles.row}>
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
    </li>
  )
})

const useStyles = makeStyles({
  list: { ...plainList, ...card },
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 56px',
    ':not(:first-child)': {
      borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
    },
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
