import { makeStyles } from '@fluentui/react-components'
import { ApiError } from '../../../ui/api/api-error.ts'
import type { Failure } from '../../../ui/api/failure.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { LinkButton } from '../../shell/link-button.tsx'
import { plainList } from '../../shell/look.ts'
import type { Refusal } from './connect-each.ts'

export type RefusedProps = { refusals: readonly Refusal[] }

/** Which mailboxes were not connected, and why each. */
export function Refused({ refusals }: RefusedProps) {
  const styles = useStyles()
  const [first] = refusals
  if (!first) return null
  const isOne = refusals.length === 1
  const title = isOne
    ? 'The mailbox was not connected'
    : `${refusals.length} mailboxes were not connected`
  const action = refusals.some(({ error }) => mayNeedConsent(error)) && (
    <LinkButton href="/auth/admin-consent" size="small">
      Grant admin consent
    </LinkButton>
  )
  if (isOne) return <ProblemBar title={title} problem={first.error} action={action} />
  return (
    <>
      <ProblemBar title={title} problem={{ ...first.error, detail: AGAIN }} action={action} />
      <ul className={styles.list} aria-label={title}>
        {refusals.map(({ address, error }) => (
          <li key={address}>
            <bdi>{address}</bdi>: {error.detail}
          </li>
        ))}
      </ul>
    </>
  )
}

const AGAIN = 'They are left in the field below, to be tried again.'

/** Microsoft refused: most often because nobody has allowed the app to read mailboxes yet. */
const mayNeedConsent = (error: Failure): boolean =>
  error instanceof ApiError && (error.status === 403 || error.status === 409)

const useStyles = makeStyles({ list: { ...plainList, overflowWrap: 'anywhere' } })
