import { Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode, Ref } from 'react'
import { Card } from './card.tsx'

export type SectionProps = {
  title: string
  /** Beside the title: how many there are. */
  note?: string | undefined
  /** Takes the focus over from what is gone. */
  headingRef?: Ref<HTMLHeadingElement>
  children: ReactNode
}

/** A card with a heading, so that people who listen can jump to it. */
export function Section({ title, note, headingRef, children }: SectionProps) {
  const styles = useStyles()
  return (
    <Card label={title}>
      <div className={styles.head}>
        <h3 className={styles.title} ref={headingRef} tabIndex={-1}>
          {title}
        </h3>
        {note && <Caption1 className={styles.note}>{note}</Caption1>}
      </div>
      {children}
    </Card>
  )
}

const useStyles = makeStyles({
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'baseline' },
  title: {
    margin: 0,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    outlineStyle: 'none',
  },
  note: { color: tokens.colorNeutralForeground3 },
})
