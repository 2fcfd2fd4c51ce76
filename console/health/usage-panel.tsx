import { ProgressBar, makeStyles, tokens } from '@fluentui/react-components'
import { Usage } from '../../models/wire/rules.ts'
import type { Api } from '../../ui/api/client.ts'
import { ProblemBar } from '../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../ui/hooks/use-loadable.ts'
import { card, heading } from '../shell/look.ts'

/** From here on a limit is near. */
const NEAR = 0.9

/** As plans count them, and Exchange: 100 of them are no 104.9. */
const MEGABYTE = 1_048_576

/** What the organization has used of its plan, before a limit makes mail wait. */
export function UsagePanel({ api }: { api: Api }) {
  const styles = useStyles()
  const { state, reload } = useLoadable(() => api.get('/api/v1/usage', Usage), [api])
  if (state.status === 'loading') return null
  if (state.status === 'failed')
    return (
      <ProblemBar
        title="The use of your plan did not load"
        problem={state.error}
        onRetry={reload}
      />
    )
  const { plan, day, stored, attachmentBytes } = state.value
  return (
    <section className={styles.card} aria-label="Use of your plan">
      <h2 className={styles.title}>
        Use of your plan: {plan.charAt(0).toUpperCase() + plan.slice(1)}
      </h2>
      {/* Without a limit a day is not counted. */}
      {day.most === null ? (
        <span>E-mails a day: no limit</span>
      ) : (
        <Share words="E-mails today" {...day} />
      )}
      <Share words="E-mails in the CRM" {...stored} />
      <span className={styles.quiet}>
        A file may have up to {Math.round(attachmentBytes / MEGABYTE).toLocaleString()} MB.
      </span>
    </section>
  )
}

function Share({ words, used, most }: { words: string; used: number; most: number | null }) {
  const styles = useStyles()
  const figures = `${used.toLocaleString()}${most === null ? ', no limit' : ` of ${most.toLocaleString()}`}`
  const isNear = most !== null && used >= most * NEAR
  return (
    <div className={styles.share}>
      <span>
        {words}: {figures}
      </span>
      {most !== null && (
        <ProgressBar
          aria-label={words}
          aria-valuetext={figures}
          color={isNear ? 'warning' : 'brand'}
          max={Math.max(most, 1)}
          value={Math.min(used, most)}
        />
      )}
      {isNear && (
        <span className={styles.quiet}>
          {used >= most
            ? 'The limit is reached. Mail waits and is stored by itself when there is room.'
            : 'The limit is near. Mail over it waits; nothing is lost.'}
        </span>
      )}
    </div>
  )
}

const useStyles = makeStyles({
  card: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    ...card,
  },
  title: heading,
  share: { display: 'grid', rowGap: tokens.spacingVerticalXS, maxWidth: '32rem' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})
