import { Tab, TabList, makeStyles, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import { navigate } from './navigate.ts'

export type PageTabsProps<Name extends string> = {
  tabs: readonly Name[]
  shown: Name
  words: Readonly<Record<Name, string>>
  /** Each tab has an address, so that it can be linked to and gone back from. */
  addressOf: (tab: Name) => string
  children: ReactNode
}

/** The parts of a page: a row of tabs, and below it the one that the address names. */
export function PageTabs<Name extends string>(props: PageTabsProps<Name>) {
  const { tabs, shown, words, addressOf, children } = props
  const styles = useStyles()
  const panelId = useId()
  const handleSelect = (value: unknown) => {
    const chosen = tabs.find((tab) => tab === value)
    if (chosen !== undefined) navigate(addressOf(chosen))
  }
  return (
    <>
      <TabList
        selectedValue={shown}
        className={styles.tabs}
        onTabSelect={(_event, { value }) => handleSelect(value)}
      >
        {tabs.map((tab) => (
          <Tab key={tab} value={tab} id={`${panelId}${tab}`} aria-controls={panelId}>
            {words[tab]}
          </Tab>
        ))}
      </TabList>
      <div
        id={panelId}
        role="tabpanel"
        aria-labelledby={`${panelId}${shown}`}
        className={styles.panel}
      >
        {children}
      </div>
    </>
  )
}

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap' },
  panel: { display: 'grid', rowGap: tokens.spacingVerticalM, minWidth: 0 },
})
