import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { PageLink } from '../../router/page-link.tsx'
import { addresses } from '../../router/route.ts'
import { nameOf } from '../contact-list.tsx'
import type { Owner } from './owners.ts'

/** Who is there already, with the way to them. */
export function OwnersBar({ owners }: { owners: readonly Owner[] }) {
  const styles = useStyles()
  const isTaken = owners.some(({ isExact }) => isExact)
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.bar}>
      <MessageBarBody>
        <div role="alert">
          <ul className={styles.list}>
            {owners.map(({ contact, address, isExact }) => (
              <li key={contact.id}>
                <PageLink inline to={addresses.contact(contact.id)}>
                  <bdi>{nameOf(contact)}</bdi>
                </PageLink>
                {isExact
                  ? ` has ${address} already.`
                  : ` has an address that ends up in the same mailbox as ${address}.`}
              </li>
            ))}
          </ul>
          {isTaken
            ? 'An address belongs to one contact. Open that one, or leave the address out.'
            : 'If it is somebody else, go on.'}
        </div>
      </MessageBarBody>
    </MessageBar>
  )
}

const useStyles = makeStyles({
  bar: { paddingBlock: tokens.spacingVerticalS },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL, overflowWrap: 'anywhere' },
})
