import { Body1, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

/** Nothing to do here, and why. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles()
  return (
    <section className={styles.notice}>
      <Subtitle2 as="h2" align="center" className={styles.title}>
        {title}
      </Subtitle2>
      <Body1 as="p" align="center" className={styles.text}>
        {children}
      </Body1>
    </section>
  )
}

const useStyles = makeStyles({
  notice: {
    display: 'grid',
    rowGap: tokens.spacingVerticalXS,
    paddingBlock: tokens.spacingVerticalXXL,
  },
  title: { margin: 0 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})
