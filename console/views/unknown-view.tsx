import { PageLink } from '../router/page-link.tsx'
import { addresses } from '../router/route.ts'
import { PageTitle } from '../shell/page-title.tsx'

/** An address that names no page: a link that was cut, or one from another version. */
export function UnknownView() {
  return (
    <>
      <PageTitle>There is no such page</PageTitle>
      <p>
        Check the address, or go to your{' '}
        <PageLink inline to={addresses.inbox}>
          Inbox
        </PageLink>
        .
      </p>
    </>
  )
}
