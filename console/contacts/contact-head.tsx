import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { Fragment } from 'react'
import type { Contact } from '../../models/wire/contacts/contact.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { card } from '../shell/look.ts'
import { DeleteContact } from './edit/delete-contact.tsx'
import { EditContact } from './edit/edit-contact.tsx'
import { MergeContact } from './edit/merge-contact.tsx'
import { StageChoice } from './follow-up/stage-choice.tsx'

export type ContactHeadProps = {
  api: ConsoleApi
  contact: Contact
  path: string
  onChanged: (contact: Contact) => void
  /** Another contact is in this one now. */
  onMerged: (contact: Contact) => void
}

/** Who the contact is, how to reach them, where they stand, and the ways to change that. */
export function ContactHead(props: ContactHeadProps) {
  const { api, contact, path, onChanged, onMerged } = props
  const styles = useStyles()
  const { jobTitle, company, phone, addresses } = contact
  const facts = [
    { label: 'Job', text: jobTitle },
    { label: 'Company', text: company?.name ?? '' },
    { label: 'Phone', text: phone, href: `tel:${phone.replace(/[^\d+]/g, '')}` },
  ]
  return (
    <section className={styles.card} aria-label="About this contact">
      <dl className={styles.facts}>
        {facts
          .filter(({ text }) => text !== '')
          .map(({ label, text, href }) => (
            <Fragment key={label}>
              <dt className={styles.label}>{label}</dt>
              <dd className={styles.value}>
                <bdi>{href ? <Link href={href}>{text}</Link> : text}</bdi>
              </dd>
            </Fragment>
          ))}
        {addresses.length > 0 && <dt className={styles.label}>E-mail</dt>}
        {addresses.map(({ address, formerSince }) => (
          <dd key={address} className={styles.value}>
            <bdi>{address}</bdi>
            {formerSince !== null && ` (until ${new Date(formerSince).toLocaleDateString()})`}
          </dd>
        ))}
      </dl>
      <div className={styles.ways}>
        {contact.mergedInto === null && (
          <div className={styles.actions}>
            <EditContact api={api} contact={contact} path={path} onSaved={onChanged} />
            <MergeContact api={api} contact={contact} onMerged={onMerged} />
            <DeleteContact api={api} contact={contact} path={path} onChanged={onChanged} />
          </div>
        )}
        <StageChoice api={api} path={path} />
      </div>
    </section>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    alignContent: 'start',
    margin: 0,
  },
  ways: { display: 'grid', alignContent: 'start', rowGap: tokens.spacingVerticalM },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  label: { color: tokens.colorNeutralForeground3 },
  value: { gridColumn: '2', margin: 0, overflowWrap: 'anywhere' },
})
