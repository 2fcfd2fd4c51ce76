import { Field, makeStyles, Textarea } from '@fluentui/react-components'
import { MOST_NOTE_CHARS } from '../../../../models/wire/contacts/follow-up.ts'

export type NoteFieldProps = {
  label: string
  hint?: string
  rows: number
  note: string
  onNote: (note: string) => void
}

/** Where a note is written. */
export function NoteField({ label, hint, rows, note, onNote }: NoteFieldProps) {
  const styles = useStyles()
  return (
    <Field label={label} {...(hint && { hint })}>
      <Textarea
        className={styles.note}
        value={note}
        rows={rows}
        resize="vertical"
        maxLength={MOST_NOTE_CHARS}
        onChange={(_event, { value }) => onNote(value)}
      />
    </Field>
  )
}

const useStyles = makeStyles({ note: { width: '100%', minWidth: 0 } })
