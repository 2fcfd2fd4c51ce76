import { Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components'
import { MemberPage, type Member } from '../../../models/wire/people/member.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { LoadMore } from '../../paging/load-more.tsx'
import { pathWith, usePages } from '../../paging/use-pages.ts'
import type { Visit } from '../../visit.ts'
import { Section } from '../../shell/section.tsx'
import { MemberList } from './member-list.tsx'

/** Who has signed in, as what, and how an administrator changes that. */
export function MembersPanel({ api, session }: Visit) {
  const list = usePages<Member>(
    async (cursor) => {
      const { members, nextCursor } = await api.get(
        pathWith('/api/v1/members', { cursor }),
        MemberPage,
      )
      return { items: members, nextCursor }
    },
    [api],
  )
  const { state, reload } = list
  return (
    <>
      <Section
        title="Who may do what"
        intro="Roles are given in Microsoft Entra, and hold from the next sign-in."
      >
        <Roles />
      </Section>
      <Section
        title="Who has signed in"
        intro="Everybody who has signed in to this console, the latest first, with the roles of that time. Who uses the add-in in Outlook alone is not in it."
      >
        {state.status === 'loading' && (
          <Skeleton aria-label="Loading the members">
            <SkeletonItem size={32} />
          </Skeleton>
        )}
        {state.status === 'failed' && (
          <ProblemBar title="The members did not load" problem={state.error} onRetry={reload} />
        )}
        {state.status === 'ready' && state.value.items.length === 0 && (
          <span>Nobody yet. Whoever signs in next is the first.</span>
        )}
        {state.status === 'ready' && state.value.items.length > 0 && (
          <MemberList members={state.value.items} you={session.user.id} />
        )}
        <LoadMore list={list} of="members" />
      </Section>
    </>
  )
}

function Roles() {
  const styles = useStyles()
  return (
    <>
      <dl className={styles.roles}>
        <dt className={styles.name}>Member</dt>
        <dd className={styles.what}>
          reads and logs mail, works with contacts. Everybody of your organization is one.
        </dd>
        <dt className={styles.name}>Admin</dt>
        <dd className={styles.what}>
          a member who also changes rules and retention, and erases people. Sees no more mail than
          other members. A Global Administrator is one.
        </dd>
        <dt className={styles.name}>Auditor</dt>
        <dd className={styles.what}>
          reads the audit log. Who has this role and neither of the others sees no mail.
        </dd>
      </dl>
      <p className={styles.text}>
        To change them: Microsoft Entra admin center, Enterprise applications, FlowCRM, Users and
        groups. Assign the app role <code>Admin</code>, <code>Auditor</code> or <code>Member</code>.
      </p>
    </>
  )
}

const useStyles = makeStyles({
  roles: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    maxWidth: '46rem',
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  what: { margin: 0 },
  text: { margin: 0, maxWidth: '46rem' },
})
