import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode, type Ref } from 'react'
import { card, heading } from './look.ts'

export type SectionProps = {
  title: string
  /** One or two sentences on what it is for. */
  intro?: ReactNode
  /** For who wants the focus there. */
  headingRef?: Ref<HTMLHeadingElement>
  children?: ReactNode
}

/** A part of the page with its heading, as a card. */
export function Section({ title, intro, headingRef, children }: SectionProps) {
  const styles = useStyles()
  const titleId = useId()
  return (
    <section className={styles.card} aria-labelledby={titleId}>
      <div>
        <h2 ref={headingRef} tabIndex={-1} id={titleId} className={styles.title}>
          {title}
        </h2>
        {intro && <p className={styles.intro}>{intro}</p>}
      </div>
      {children}
    </section>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
  title: { ...heading, outlineStyle: 'none' }, // it is focused by the page alone, never by Tab
  intro: {
    margin: 0,
    maxWidth: '46rem',
    color: tokens.colorNeutralForeground2,
  },
})
