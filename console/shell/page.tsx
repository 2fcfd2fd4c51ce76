import { makeStyles, tokens } from '@fluentui/react-components'
import { Mail20Filled } from '@fluentui/react-icons/svg/mail'
import type { ReactNode } from 'react'

export type PageProps = {
  /** What stands at the end of the top bar. */
  tools: ReactNode
  /** A strip below the top bar. */
  notice?: ReactNode
  children: ReactNode
}

/** The frame of every view: the product's bar and the main part. */
export function Page({ tools, notice, children }: PageProps) {
  const styles = useStyles()
  return (
    <>
      <header className={styles.bar}>
        <span className={styles.brand}>
          <Mail20Filled aria-hidden />
          <span>FlowCRM</span>
        </span>
        <div className={styles.tools}>{tools}</div>
      </header>
      {notice}
      <main className={styles.main}>{children}</main>
    </>
  )
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: '48px',
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorBrandBackground2,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    color: tokens.colorBrandForeground2,
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  tools: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  main: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '1440px',
    marginInline: 'auto',
    padding: tokens.spacingHorizontalM,
    '@media (min-width: 720px)': { padding: tokens.spacingHorizontalXL },
  },
})
