import { Body1Strong, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { Contact } from '../../../../models/wire/contacts/contact.ts'

export type CandidatesProps = {
  contacts: Contact[]
  disabled: boolean
  onChoose: (contact: Contact) => void
}

/** Contacts that may be the same person: one of them can take the address, so that nobody is there twice. */
export function Candidates({ contacts, disabled, onChoose }: CandidatesProps) {
  const styles = useStyles()
  return (
    <>
      <Body1Strong>Is it one of these?</Body1Strong>
      <ul className={styles.list} aria-label="Perhaps the same person">
        {contacts.map((contact) => {
          const { id, name, company, addresses } = contact
          const known = [company?.name, addresses[0]?.address].filter(Boolean).join(', ')
          return (
            <li key={id} className={styles.candidate}>
              <bdi>{name || 'No name'}</bdi>
              <Caption1 className={styles.quiet}>{known}</Caption1>
              <Button
                size="small"
                disabledFocusable={disabled}
                aria-label={`Add the address to ${name || 'this contact'}`}
                onClick={() => onChoose(contact)}
              >
                Add the address
              </Button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

const useStyles = makeStyles({
  list: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  candidate: { display: 'grid', justifyItems: 'start', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
})
