import { Body1, Button, Caption1, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Task } from '../../../models/wire/contacts/follow-up.ts'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { dueWords } from './due.ts'
import { nameOf } from './name-of.ts'
import type { Saving } from './use-saving.ts'

export type TasksProps = { tasks: Task[]; people: Contact[]; saving: Saving }

/** Open tasks, to be ticked off; the last one that was can be taken back. */
export function Tasks({ tasks, people, saving }: TasksProps) {
  const styles = useStyles()
  const now = useNow()
  const [done, setDone] = useState<Task | null>(null)
  const { busy, save } = saving
  const finish = async ({ id, version, ...task }: Task) => {
    const isSaved = await save('Task done.', (crm) => crm.changeTask({ id, version, done: true }))
    if (isSaved) setDone({ ...task, id, version: version + 1 })
  }
  const takeBack = async ({ id, version }: Task) => {
    const change = { id, version, done: false }
    if (await save('Task open again.', (crm) => crm.changeTask(change))) setDone(null)
  }
  const about = ({ contactId, dueOn, owner }: Task) => {
    const person = people.length > 1 ? people.find(({ id }) => id === contactId) : undefined
    return [dueWords(dueOn, now), person && nameOf(person), owner.name].filter(Boolean).join(' · ')
  }
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
                    <Caption1 className={styles.quiet}>{about(task)}</Caption1>
                  </span>
                }
              />
            </li>
          ))}
        </ul>
      )}
      {done && (
        <div className={styles.done}>
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

const useStyles = makeStyles({
  list: { display: 'grid', listStyleType: 'none', margin: 0, padding: 0 },
  task: { display: 'grid', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  done: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  title: { overflowWrap: 'anywhere', minWidth: 0 },
})
