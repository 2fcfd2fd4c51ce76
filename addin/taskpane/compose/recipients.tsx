import { Body1, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { useRef } from 'react'
import type { Compose } from '../../../models/wire/pane/compose.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { When } from '../language/when.tsx'
import type { Pane } from '../pane/pane.ts'
import { reasonWords } from '../parts/look/reason-words.ts'
import { Strangers, usePeopleStyles } from '../parts/look/stranger.tsx'
import { PersonLine } from '../parts/person-line.tsx'
import { Section } from '../parts/section.tsx'

export type RecipientsProps = {
  told: Compose
  pane: Pane
  /** Else somebody has to ask. */
  tellsChanges: boolean
  onLook: () => Promise<void>
}

/** Whom it is to: the contacts among them with their last e-mail, and who could become one. */
export function Recipients({ told, pane, tellsChanges, onLook }: RecipientsProps) {
  const styles = useStyles()
  const people = usePeopleStyles()
  const announce = useAnnounce()
  const heading = useRef<HTMLHeadingElement>(null)
  const { contacts, strangers } = told
  const done = async (words: string) => {
    announce(words)
    heading.current?.focus() // what was clicked is gone now
    await onLook()
  }
  return (
    <Section title="Recipients" headingRef={heading}>
      {contacts.length > 0 && (
        <ul className={people.list} aria-label="Contacts">
          {contacts.map((one) => (
            <Recipient key={one.contact.id} {...one} />
          ))}
        </ul>
      )}
      <Strangers strangers={strangers} pane={pane} onDone={done} />
      {contacts.length + strangers.length === 0 && (
        <Body1 className={styles.quiet}>Nobody outside your organization is named yet.</Body1>
      )}
      {!tellsChanges && (
        <Button size="small" className={styles.look} onClick={() => void onLook()}>
          Look again
        </Button>
      )}
    </Section>
  )
}

function Recipient({ contact, reasons, last }: Compose['contacts'][number]) {
  const styles = useStyles()
  const { addresses, jobTitle, company } = contact
  return (
    <PersonLine
      name={contact.name || addresses[0]?.address || 'No name'}
      place={[jobTitle, company?.name].filter(Boolean).join(', ')}
      notes={reasonWords(reasons)}
    >
      {last && (
        <Caption1 className={styles.quiet}>
          Last e-mail <When iso={last.receivedAt} />
          {last.subject && (
            <>
              : <bdi>{last.subject}</bdi>
            </>
          )}
        </Caption1>
      )}
    </PersonLine>
  )
}

const useStyles = makeStyles({
  look: { justifySelf: 'start' },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})
