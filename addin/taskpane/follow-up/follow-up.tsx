import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import type { Look } from '../../../models/wire/pane/look.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { Section } from '../parts/section.tsx'
import type { Pane } from '../pane/pane.ts'
import { NoteForm } from './note-form.tsx'
import { Notes } from './notes.tsx'
import { Stages } from './stages.tsx'
import { TaskForm } from './task-form.tsx'
import { Tasks } from './tasks.tsx'
import { useSaving } from './use-saving.ts'

/** What is to be done for the people of a message, where they stand, and what somebody wants to write down. */
export function FollowUp({ look, pane }: { look: Look; pane: Pane }) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  const [open, setOpen] = useState<'task' | 'note' | null>(null)
  const saving = useSaving(pane, () => pane.refresh())
  const { contacts, followUps, message } = look
  const people = contacts.map(({ contact }) => contact)
  const emailId = message.state === 'stored' ? message.emailId : null
  const { length: count } = followUps.tasks
  const handleSave: typeof saving.save = async (words, change) => {
    const isSaved = await saving.save(words, change)
    if (!isSaved) return false
    setOpen(null)
    heading.current?.focus() // the form is gone
    return true
  }
  const toggle = (what: 'task' | 'note') => setOpen(open === what ? null : what)
  return (
    <Section
      title="Follow-up"
      headingRef={heading}
      note={count === 0 ? undefined : count === 1 ? '1 open task' : `${count} open tasks`}
    >
      {saving.problem && <ProblemBar title="This was not saved" problem={saving.problem} />}
      <Tasks
        {...{ people, saving }}
        tasks={followUps.tasks}
        onGone={() => heading.current?.focus()}
      />
      <Notes notes={followUps.notes} />
      <Stages followUps={followUps} people={people} saving={saving} />
      {people.length > 0 && (
        <div className={styles.actions}>
          <Button size="small" aria-expanded={open === 'task'} onClick={() => toggle('task')}>
            Add task
          </Button>
          <Button size="small" aria-expanded={open === 'note'} onClick={() => toggle('note')}>
            Add note
          </Button>
        </div>
      )}
      {open === 'task' && <TaskForm people={people} busy={saving.busy} onSave={handleSave} />}
      {open === 'note' && (
        <NoteForm people={people} emailId={emailId} busy={saving.busy} onSave={handleSave} />
      )}
    </Section>
  )
}

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})
