import { Body1, Button, Caption1, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Task } from '../../../models/wire/contacts/follow-up.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { useTongue } from '../language/use-tongue.ts'
import { dueOf } from './due.ts'
import { nameOf } from './name-of.ts'
import type { Saving } from './use-saving.ts'

export type TasksProps = {
  tasks: Task[]
  people: Contact[]
  saving: Saving
  /** What had the focus is gone. */
  onGone: () => void
}

/** Open tasks, to be ticked off; the last one that was can be taken back. */
export function Tasks({ tasks, people, saving, onGone }: TasksProps) {
  const styles = useStyles()
  const [done, setDone] = useState<Task | null>(null)
  const undo = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (done) undo.current?.querySelector('button')?.focus() // its box is gone
  }, [done])
  const { busy, save } = saving
  const finish = async ({ id, version, ...task }: Task) => {
    const isSaved = await save('Task done.', (crm) => crm.changeTask({ id, version, done: true }))
    if (isSaved) setDone({ ...task, id, version: version + 1 })
  }
  const takeBack = async ({ id, version }: Task) => {
    const change = { id, version, done: false }
    if (!(await save('Task open again.', (crm) => crm.changeTask(change)))) return
    setDone(null)
    onGone()
  }
  const personOf = ({ contactId }: Task) =>
    people.length > 1 ? people.find(({ id }) => id === contactId) : undefined
  return (
    <>
      {tasks.length > 0 && (
        <ul className={styles.list} aria-label="Open tasks">
          {tasks.map((task) => (
            <li key={task.id}>
              <Checkbox
                checked={false}
                disabled={busy}
                onChange={() => void finish(task)}
                label={
                  <span className={styles.task}>
                    <span dir="auto">{task.title}</span>
                    <About task={task} person={personOf(task)} />
                  </span>
                }
              />
            </li>
          ))}
        </ul>
      )}
      {done && (
        <div className={styles.done} ref={undo}>
          <Body1 className={styles.title}>
            Done: <bdi>{done.title}</bdi>
          </Body1>
          <Button
            size="small"
            disabledFocusable={busy}
            aria-label={`Undo: ${done.title}`}
            onClick={() => void takeBack(done)}
          >
            Undo
          </Button>
        </div>
      )}
    </>
  )
}

function About({ task: { dueOn, owner }, person }: { task: Task; person: Contact | undefined }) {
  const { locale } = useTongue()
  const due = dueOf(dueOn, useNow(), locale)
  return (
    <Caption1 className={useStyles().quiet}>
      {due && (
        <>
          {due.words} {due.day && <span lang={locale}>{due.day}</span>}
          {' · '}
        </>
      )}
      {person && (
        <>
          <bdi>{nameOf(person)}</bdi>
          {' · '}
        </>
      )}
      <bdi>{owner.name}</bdi>
    </Caption1>
  )
}

const useStyles = makeStyles({
  list: { display: 'grid', listStyleType: 'none', margin: 0, padding: 0 },
  task: { display: 'grid', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  done: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  title: { overflowWrap: 'anywhere', minWidth: 0 },
})
