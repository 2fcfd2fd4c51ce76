import { Body1, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { Note } from '../../../models/wire/contacts/follow-up.ts'
import { When } from '../language/when.tsx'

/** What people wrote down, the newest first, with who and when. */
export function Notes({ notes }: { notes: Note[] }) {
  const styles = useStyles()
  if (notes.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Notes">
      {notes.map(({ id, text, by, createdAt }) => (
        <li key={id} className={styles.note}>
          <Body1 className={styles.text} dir="auto">
            {text}
          </Body1>
          <Caption1 className={styles.quiet}>
            <bdi>{by.name}</bdi>, <When iso={createdAt} />
          </Caption1>
        </li>
      ))}
    </ul>
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
  note: { display: 'grid' },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
})
