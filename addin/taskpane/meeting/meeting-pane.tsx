import { Body1Strong, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { Circle20Regular } from '@fluentui/react-icons/svg/circle'
import { useState } from 'react'
import type { LookContact } from '../../../models/wire/pane/look.ts'
import type { MeetingLook } from '../../../models/wire/pane/follow-up.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import type { MeetingFacts, OpenMeeting } from '../../office/meeting.ts'
import { useTongue } from '../language/use-tongue.ts'
import { Card } from '../parts/card.tsx'
import { ContactCard } from '../parts/look/contact-card.tsx'
import { Strangers, usePeopleStyles } from '../parts/look/stranger.tsx'
import { Section } from '../parts/section.tsx'
import type { Pane } from '../pane/pane.ts'
import { LogMeeting } from './log-meeting.tsx'
import { LoggedMeeting } from './logged-meeting.tsx'

export type MeetingPaneProps = {
  meeting: OpenMeeting
  facts: MeetingFacts
  look: MeetingLook
  pane: Pane
  /** Something is in the CRM by now that was not. */
  onChanged: () => void
}

/** An open meeting: what it is, whether it is logged, logging it, and who takes part. */
export function MeetingPane({ meeting, facts, look, pane, onChanged }: MeetingPaneProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  /** What was logged just now, until the next look. */
  const [logged, setLogged] = useState(look.logged)
  const handleDone = async (words: string) => {
    announce(words)
    onChanged()
  }
  return (
    <>
      <section className={styles.summary} aria-label="Open meeting">
        <Body1Strong as="h2" className={styles.subject} dir="auto">
          {facts.subject || '(no subject)'}
        </Body1Strong>
        <Caption1 as="p" className={styles.line}>
          <Times {...facts} />
        </Caption1>
        <Caption1 as="p" className={styles.line}>
          Organizer:{' '}
          <bdi>{facts.organizer ? facts.organizer.name || facts.organizer.address : 'unknown'}</bdi>
        </Caption1>
      </section>
      <Card label="In the CRM">
        {logged ? <LoggedMeeting meeting={logged} /> : <NotLogged />}
        <LogMeeting
          {...{ meeting, pane }}
          contacts={look.contacts}
          isLogged={logged !== null}
          onLogged={setLogged}
        />
      </Card>
      <People contacts={look.contacts} strangers={look.strangers} pane={pane} onDone={handleDone} />
    </>
  )
}

function NotLogged() {
  const styles = useStyles()
  return (
    <div className={styles.notLogged}>
      <Circle20Regular className={styles.mark} aria-hidden />
      <Body1Strong>Not logged yet.</Body1Strong>
    </div>
  )
}

type PeopleProps = {
  contacts: LookContact[]
  strangers: MeetingLook['strangers']
  pane: Pane
  onDone: (words: string) => Promise<void>
}

function People({ contacts, strangers, pane, onDone }: PeopleProps) {
  const styles = usePeopleStyles()
  if (contacts.length + strangers.length === 0) return null
  return (
    <Section title="Who takes part">
      {contacts.length > 0 && (
        <ul className={styles.list} aria-label="Contacts">
          {contacts.map((each) => (
            <ContactCard
              key={each.contact.id}
              {...each}
              href={pane.contactPage(each.contact.id)}
              busy={false}
            />
          ))}
        </ul>
      )}
      <Strangers {...{ strangers, pane, onDone }} />
    </Section>
  )
}

/** In the reader's own zone. */
function Times({ startsAt, endsAt }: MeetingFacts) {
  const { locale } = useTongue()
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return <span lang={locale}>{format.formatRange(new Date(startsAt), new Date(endsAt))}</span>
}

const useStyles = makeStyles({
  summary: { display: 'grid', rowGap: tokens.spacingVerticalXXS, minWidth: 0 },
  subject: { margin: 0, overflowWrap: 'anywhere' },
  notLogged: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  mark: { color: tokens.colorNeutralForeground2, flexShrink: 0 },
  line: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
})
