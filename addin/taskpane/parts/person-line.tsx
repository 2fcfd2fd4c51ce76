import { Body1Strong, Caption1, Link, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { Initials } from '../../../ui/components/initials.tsx'

export type PersonLineProps = {
  name: string
  /** Their own page. */
  href?: string | undefined
  place?: string
  /** Each on a line of its own. */
  notes: string[]
  children?: ReactNode
}

/** A person in a list. Text of others carries its own direction. */
export function PersonLine({ name, href, place, notes, children }: PersonLineProps) {
  const styles = useStyles()
  return (
    <li className={styles.person}>
      <Initials name={name} />
      <div className={styles.words}>
        <Body1Strong className={styles.text}>
          {href ? (
            <Link
              href={href}
              target="_blank"
              rel="noreferrer"
              className={styles.link}
              aria-label={`${name} (opens in a new tab)`}
            >
              <bdi>{name}</bdi>
            </Link>
          ) : (
            <bdi>{name}</bdi>
          )}
        </Body1Strong>
        {place && (
          <Caption1 className={styles.text}>
            <bdi>{place}</bdi>
          </Caption1>
        )}
        {notes.map((note) => (
          <Caption1 key={note} className={styles.quiet}>
            {note}
          </Caption1>
        ))}
        {children}
      </div>
    </li>
  )
}

const useStyles = makeStyles({
  person: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
  },
  words: { display: 'grid', justifyItems: 'start' },
  text: { overflowWrap: 'anywhere' },
  link: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
})
