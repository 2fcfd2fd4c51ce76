import { makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode, type Ref } from 'react'
import { heading } from '../shell/look.ts'

export type SectionProps = {
  title: string
  /** What it is about, for who is here for the first time. */
  hint: string
  /** The heading takes the focus where what had it is gone. */
  titleRef?: Ref<HTMLHeadingElement>
  children: ReactNode
}

/** One part of the page, under its heading. */
export function Section({ title, hint, titleRef, children }: SectionProps) {
  const styles = useStyles()
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className={styles.section}>
      <h2 id={titleId} ref={titleRef} tabIndex={-1} className={styles.title}>
        {title}
      </h2>
      <p className={styles.hint}>{hint}</p>
      {children}
    </section>
  )
}

const useStyles = makeStyles({
  section: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    rowGap: tokens.spacingVerticalS,
    marginBlockStart: tokens.spacingVerticalM,
  },
  title: { ...heading, outlineStyle: 'none' },
  hint: { margin: 0, color: tokens.colorNeutralForeground3 },
})
