import { Body1, Body1Strong, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle'
import type { Meeting } from '../../../models/wire/contacts/follow-up.ts'
import { Notes } from '../follow-up/notes.tsx'
import { When } from '../language/when.tsx'

/** The CRM has it: who logged it and when, and what they wrote about it. */
export function LoggedMeeting({ meeting: { loggedBy, notes } }: { meeting: Meeting }) {
  const styles = useStyles()
  return (
    <>
      <div className={styles.headline}>
        <CheckmarkCircle20Filled className={styles.mark} aria-hidden />
        <Body1Strong>Logged</Body1Strong>
      </div>
      <ul className={styles.list} aria-label="Logged by">
        {loggedBy.map(({ userId, name, at }) => (
          <li key={userId}>
            <Body1>
              by <bdi>{name}</bdi>, <When iso={at} />
            </Body1>
          </li>
        ))}
      </ul>
      <Notes notes={notes} />
    </>
  )
}

const useStyles = makeStyles({
  headline: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  mark: { color: tokens.colorPaletteGreenForeground1, flexShrink: 0 },
  list: {
    display: 'grid',
    rowGap: tokens.spacingVerticalS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
})
