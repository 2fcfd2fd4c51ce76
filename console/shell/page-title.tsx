import { makeStyles, tokens } from '@fluentui/react-components'
import { createContext, useContext, useEffect, useRef } from 'react'
import { Hidden } from '../../ui/components/hidden.tsx'

/** Whether the reader has moved from the page that was opened first. */
export const HasMoved = createContext(false)

export type PageTitleProps = {
  children: string
  /** For pages that show at a glance what they are: it is there for those who listen. */
  hidden?: boolean
}

/** The page's heading. It names the tab, and takes the focus when one comes from another page. */
export function PageTitle({ children: title, hidden = false }: PageTitleProps) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  const hasMoved = useContext(HasMoved)
  const focusAtFirst = useRef(hasMoved)
  useEffect(() => {
    if (focusAtFirst.current) heading.current?.focus()
  }, [])
  useTabTitle(title)

  const shown = (
    <h1 ref={heading} tabIndex={-1} className={styles.title} dir="auto">
      {title}
    </h1>
  )
  return hidden ? <Hidden>{shown}</Hidden> : shown
}

/** What the browser's tab and its history say. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · FlowCRM`
  }, [title])
}

const useStyles = makeStyles({
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    outlineStyle: 'none', // it is focused by the page alone, never by Tab
  },
})
