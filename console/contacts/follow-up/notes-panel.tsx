import { Button, Field, Spinner, Textarea, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { z } from 'zod'
import { MOST_NOTE_CHARS, Note, NotePage } from '../../../models/wire/contacts/follow-up.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useNow } from '../../../ui/hooks/use-now.ts'
import { mailTime } from '../../../ui/mail-time.ts'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { card, plainList } from '../../shell/look.ts'
import { useSaving } from '../../../ui/hooks/use-saving.ts'

export type NotesPanelProps = {
  api: ConsoleApi
  /** The contact's own path. */
  path: string
  /** Who looks: own notes can be deleted. */
  userId: string
}

/** What people wrote about a contact, the newest first. */
export function NotesPanel({ api, path, userId }: NotesPanelProps) {
  const styles = useStyles()
  const now = useNow()
  const { saving, save } = useSaving()
  const list = usePages<Note>(
    async (cursor) => {
      const { notes, nextCursor } = await api.get(pathWith(`${path}/notes`, { cursor }), NotePage)
      return { items: notes, nextCursor }
    },
    [api, path],
  )
  const { state, reload } = list
  const remove = ({ id, version }: Note) => {
    const note = `/api/v1/notes/${encodeURIComponent(id)}`
    save(api.ifStill(version).send('DELETE', note, undefined, z.undefined()), reload)
  }
  return (
    <>
      <NewNoteForm api={api} path={path} onWritten={reload} />
      {typeof saving === 'object' && (
        <ProblemBar title="The note was not deleted" problem={saving} onRetry={reload} />
      )}
      {state.status === 'loading' && <Spinner label="Loading notes" />}
      {state.status === 'failed' && (
        <ProblemBar title="The notes did not load" problem={state.error} onRetry={reload} />
      )}
      {state.status === 'ready' && state.value.items.length === 0 && (
        <p>Nobody has written a note yet.</p>
      )}
      {state.status === 'ready' && state.value.items.length > 0 && (
        <ul className={styles.list} aria-label="Notes">
          {state.value.items.map((note) => (
            <li key={note.id} className={styles.note}>
              <p className={styles.text} dir="auto">
                {note.text}
              </p>
              <span className={styles.quiet}>
                <bdi>{note.by.name}</bdi>, {mailTime(note.createdAt, now).short}
              </span>
              {note.by.userId === userId && (
                <Button
                  size="small"
                  appearance="subtle"
                  disabledFocusable={saving === 'saving'}
                  aria-label={`Delete your note of ${mailTime(note.createdAt, now).full}`}
                  onClick={() => remove(note)}
                >
                  Delete
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <LoadMore list={list} of="notes" />
    </>
  )
}

type NewNoteFormProps = Pick<NotesPanelProps, 'api' | 'path'> & { onWritten: () => void }

function NewNoteForm({ api, path, onWritten }: NewNoteFormProps) {
  const styles = useStyles()
  const [text, setText] = useState('')
  const { saving, save } = useSaving()
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() === '' || saving === 'saving') return
    save(api.send('POST', `${path}/notes`, { text }, Note), () => {
      setText('')
      onWritten()
    })
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} aria-label="New note">
      {typeof saving === 'object' && <ProblemBar title="The note was not saved" problem={saving} />}
      <Field label="Note">
        <Textarea
          value={text}
          resize="vertical"
          textarea={{ maxLength: MOST_NOTE_CHARS }}
          onChange={(_event, { value }) => setText(value)}
          onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
            if (key === 'Enter' && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit()
          }}
        />
      </Field>
      <Button
        type="submit"
        className={styles.save}
        disabledFocusable={text.trim() === '' || saving === 'saving'}
      >
        Save note
      </Button>
    </form>
  )
}

const useStyles = makeStyles({
  form: { display: 'grid', rowGap: tokens.spacingVerticalS, maxWidth: '44rem' },
  save: { justifySelf: 'start' },
  list: { ...plainList, display: 'grid', rowGap: tokens.spacingVerticalM },
  note: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalM,
    ...card,
  },
  text: { margin: 0, width: '100%', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})
