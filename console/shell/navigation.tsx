import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { MailInbox20Filled, MailInbox20Regular } from '@fluentui/react-icons/svg/mail-inbox'
import { Filter20Filled, Filter20Regular } from '@fluentui/react-icons/svg/filter'
import { Mailbox20Filled, Mailbox20Regular } from '@fluentui/react-icons/svg/mailbox'
import { People20Filled, People20Regular } from '@fluentui/react-icons/svg/people'
import {
  QuestionCircle20Filled,
  QuestionCircle20Regular,
} from '@fluentui/react-icons/svg/question-circle'
import { Scales20Filled, Scales20Regular } from '@fluentui/react-icons/svg/scales'
import type { ReactElement } from 'react'
import type { Role } from '../../models/wire/session.ts'
import { follow } from '../router/navigate.ts'
import { addresses, type Route } from '../router/route.ts'
import { notOnPaper } from './look.ts'

type Entry = {
  word: string
  address: string
  /** The pages below it; the first one is its own. */
  pages: readonly Route['page'][]
  icons: [ReactElement, ReactElement]
  /** Who has it; left out: everybody. */
  roles?: readonly Role[]
}

const ENTRIES: readonly Entry[] = [
  {
    word: 'Inbox',
    address: addresses.inbox,
    pages: ['inbox'],
    icons: [<MailInbox20Regular key="off" />, <MailInbox20Filled key="on" />],
  },
  {
    word: 'Contacts',
    address: addresses.contacts,
    pages: ['contacts', 'contact', 'review'],
    icons: [<People20Regular key="off" />, <People20Filled key="on" />],
    roles: ['member'],
  },
  {
    word: 'Mailboxes',
    address: addresses.mailboxes,
    pages: ['mailboxes'],
    icons: [<Mailbox20Regular key="off" />, <Mailbox20Filled key="on" />],
  },
  {
    word: 'Rules',
    address: addresses.rules,
    pages: ['rules'],
    icons: [<Filter20Regular key="off" />, <Filter20Filled key="on" />],
  },
  {
    word: 'Explain',
    address: addresses.explain,
    pages: ['explain'],
    icons: [<QuestionCircle20Regular key="off" />, <QuestionCircle20Filled key="on" />],
  },
  {
    word: 'Compliance',
    address: addresses.compliance(),
    pages: ['compliance'],
    icons: [<Scales20Regular key="off" />, <Scales20Filled key="on" />],
    roles: ['admin', 'auditor'],
  },
]

export type NavigationProps = { page: Route['page']; roles: readonly Role[] }

/** The console's pages: a column beside them, a row above them where there is no room. */
export function Navigation({ page, roles }: NavigationProps) {
  const styles = useStyles()
  const entries = ENTRIES.filter(
    (entry) => entry.roles?.some((role) => roles.includes(role)) ?? true,
  )
  return (
    <nav className={styles.nav} aria-label="Pages">
      {entries.map(({ word, address, pages, icons: [off, on] }) => {
        const isHere = pages.includes(page)
        return (
          <a
            key={word}
            href={address}
            className={mergeClasses(styles.entry, isHere && styles.here)}
            aria-current={isHere ? 'page' : undefined}
            onClick={follow}
          >
            {isHere ? on : off}
            <span>{word}</span>
          </a>
        )
      })}
    </nav>
  )
}

const wide = '@media (min-width: 960px)'

const useStyles = makeStyles({
  nav: {
    ...notOnPaper,
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(0, auto)', // long words take more, so that none touches the edge
    gap: tokens.spacingHorizontalXXS,
    padding: tokens.spacingHorizontalXS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    [wide]: {
      alignContent: 'start',
      gridAutoFlow: 'row',
      width: '11rem',
      padding: tokens.spacingHorizontalM,
      borderBottom: 'none',
      borderRight: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    },
  },
  entry: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXXS,
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalXXS}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    [wide]: {
      flexDirection: 'row',
      gap: tokens.spacingHorizontalM,
      padding: tokens.spacingHorizontalSNudge,
      fontSize: tokens.fontSizeBase300,
    },
  },
  here: {
    color: tokens.colorNeutralForeground1,
    '& svg': { color: tokens.colorBrandForeground1 },
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
    '@media (forced-colors: active)': { outline: '1px solid Highlight' },
  },
})
