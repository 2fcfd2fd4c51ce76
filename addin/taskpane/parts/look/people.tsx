import { Body1, makeStyles, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import type { Look } from '../../../../models/wire/pane/look.ts'
import { toFailure } from '../../../../ui/api/api-error.ts'
import type { Failure } from '../../../../ui/api/failure.ts'
import { useAnnounce } from '../../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import type { Pane } from '../../pane/pane.ts'
import { ContactCard } from './contact-card.tsx'
import { Section } from '../section.tsx'
import { Strangers, usePeopleStyles } from './stranger.tsx'

/** Who takes part: every contact it is matched with, and who could become one. */
export function People({ look, pane }: { look: Look; pane: Pane }) {
  const styles = useStyles()
  const people = usePeopleStyles()
  const announce = useAnnounce()
  const heading = useRef<HTMLHeadingElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Failure | null>(null)
  const { contacts, strangers, message } = look
  const done = async (words: string) => {
    announce(words)
    heading.current?.focus() // what was clicked is gone now
    await pane.refresh()
  }
  const takeOff = async (emailId: string, contactId: string) => {
    setBusy(true)
    try {
      await pane.ask((crm) => crm.pin({ emailId, contactId, belongs: false }))
      setProblem(null)
      await done('Taken off this contact.')
    } catch (error) {
      setProblem(toFailure(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title="Who is this" headingRef={heading}>
      {problem && <ProblemBar title="The contact was not changed" problem={problem} />}
      {contacts.length > 0 && (
        <ul className={people.list} aria-label="Contacts">
          {contacts.map(({ contact, reasons }) => (
            <ContactCard
              key={contact.id}
              {...{ contact, reasons, busy }}
              href={pane.contactPage(contact.id)}
              onTakeOff={
                message.state === 'stored'
                  ? () => void takeOff(message.emailId, contact.id)
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      <Strangers strangers={strangers} pane={pane} onDone={done} />
      {contacts.length + strangers.length === 0 && (
        <Body1 className={styles.nobody}>Only colleagues or machines take part.</Body1>
      )}
    </Section>
  )
}

const useStyles = makeStyles({
  nobody: { color: tokens.colorNeutralForeground2 },
})
