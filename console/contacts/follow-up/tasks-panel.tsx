import {
  Button,
  Checkbox,
  Field,
  Input,
  Spinner,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { Task, TaskPage } from '../../../models/wire/contacts/follow-up.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { card, plainList } from '../../shell/look.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'

export type TasksPanelProps = { api: ConsoleApi; contactId: string }

/** What is to be done for a contact, and what was. */
export function TasksPanel({ api, contactId }: TasksPanelProps) {
  const styles = useStyles()
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const list = usePages<Task>(
    async (cursor) => {
      const path = pathWith('/api/v1/tasks', { contact: contactId, cursor })
      const { tasks, nextCursor } = await api.get(path, TaskPage)
      return { items: tasks, nextCursor }
    },
    [api, contactId],
  )
  const { state, reload } = list
  const tick = ({ id, version, doneAt }: Task) => {
    const path = `/api/v1/tasks/${encodeURIComponent(id)}`
    const change = api.ifStill(version).send('PATCH', path, { done: doneAt === null }, Task)
    save(change, ({ doneAt }) => {
      announce(doneAt === null ? 'Task open again.' : 'Task done.')
      reload()
    })
  }
  return (
    <>
      <NewTaskForm api={api} contactId={contactId} onWritten={reload} />
      {typeof saving === 'object' && (
        <ProblemBar title="The task was not changed" problem={saving} onRetry={reload} />
      )}
      {state.status === 'loading' && <Spinner label="Loading tasks" />}
      {state.status === 'failed' && (
        <ProblemBar title="The tasks did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.items.length === 0 && (
        <p>There is nothing to be done for this contact.</p>
      )}
      {state.status === 'ready' && state.value.items.length > 0 && (
        <ul className={styles.list} aria-label="Tasks">
          {state.value.items.map((task) => (
            <li key={task.id} className={styles.task}>
              <Checkbox
                checked={task.doneAt !== null}
                disabled={saving === 'saving'}
                onChange={() => tick(task)}
                label={<span dir="auto">{task.title}</span>}
              />
              <span className={styles.quiet}>{factsOf(task)}</span>
            </li>
          ))}
        </ul>
      )}
      <LoadMore list={list} of="tasks" />
    </>
  )
}

type NewTaskFormProps = TasksPanelProps & { onWritten: () => void }

function NewTaskForm({ api, contactId, onWritten }: NewTaskFormProps) {
  const styles = useStyles()
  const [title, setTitle] = useState('')
  const [dueOn, setDueOn] = useState('')
  const { saving, save } = useSaving()
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() === '' || saving === 'saving') return
    const task = { contactId, title, dueOn: dueOn || null }
    save(api.send('POST', '/api/v1/tasks', task, Task), () => {
      setTitle('')
      setDueOn('')
      onWritten()
    })
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} aria-label="New task">
      {typeof saving === 'object' && <ProblemBar title="The task was not saved" problem={saving} />}
      <Field label="What is to be done" className={styles.wide}>
        <Input value={title} maxLength={200} onChange={(_event, { value }) => setTitle(value)} />
      </Field>
      <Field label="Due">
        <Input type="date" value={dueOn} onChange={(_event, { value }) => setDueOn(value)} />
      </Field>
      <Button type="submit" disabledFocusable={title.trim() === '' || saving === 'saving'}>
        Add task
      </Button>
    </form>
  )
}

/** A due day is a day of the calendar: read as local noon, it is the same day everywhere. */
const dayWords = (day: string) => new Date(`${day}T12:00:00`).toLocaleDateString()

const factsOf = ({ dueOn, owner, doneAt }: Task): string =>
  [
    doneAt !== null
      ? `done ${new Date(doneAt).toLocaleDateString()}`
      : dueOn && `by ${dayWords(dueOn)}`,
    owner.name,
  ]
    .filter(Boolean)
    .join(', ')

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'end',
    gap: tokens.spacingHorizontalM,
  },
  wide: { flexGrow: 1, minWidth: 'min(16rem, 100%)', maxWidth: '32rem' },
  list: { ...plainList, ...card },
  task: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
    paddingInline: tokens.spacingHorizontalM,
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})
