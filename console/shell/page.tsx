import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Mail20Filled } from '@fluentui/react-icons/svg/mail'
import type { ReactNode } from 'react'
import { notOnPaper } from './look.ts'

export type PageProps = {
  /** What stands at the end of the top bar. */
  tools: ReactNode
  /** A strip below the top bar. */
  notice?: ReactNode
  /** The ways to the other pages. */
  navigation?: ReactNode
  children: ReactNode
}

/** The frame of every view: the product's bar and the main part. */
export function Page({ tools, notice, navigation, children }: PageProps) {
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
      <div className={mergeClasses(navigation !== undefined && styles.beside)}>
        {navigation}
        <main className={styles.main}>{children}</main>
      </div>
    </>
  )
}

const useStyles = makeStyles({
  bar: {
    ...notOnPaper,
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
  beside: {
    '@media (min-width: 960px)': {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      minHeight: 'calc(100dvh - 49px)', // what the bar leaves
    },
  },
  main: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    boxSizing: 'border-box',
    width: '100%',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '1440px',
    marginInline: 'auto',
    padding: tokens.spacingHorizontalM,
    '@media (min-width: 720px)': { padding: tokens.spacingHorizontalXL },
    // What is pressed is not read; a line that is open says whose mail follows.
    '@media print': {
      padding: 0,
      '& button:not([aria-expanded="true"]), & form, & [role="tablist"]': { display: 'none' },
    },
  },
})
