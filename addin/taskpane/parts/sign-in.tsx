import { Body1, Button, makeStyles, Spinner, Subtitle2 } from '@fluentui/react-components'
import { useEffect } from 'react'
import type { Failure } from '../../../ui/api/failure.ts'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { Card } from './card.tsx'

export type SignInProps = { waiting: boolean; problem: Failure | null; onSignIn: () => void }

/** Asks for the one click that opens the sign-in window. Nothing tries again by itself. */
export function SignIn({ waiting, problem, onSignIn }: SignInProps) {
  const styles = useStyles()
  useEffect(() => focusOnWhatComes, [])
  return (
    <>
      {problem && <ProblemBar title="A sign-in is needed" problem={problem} />}
      <Card label="Sign in">
        <Subtitle2 as="h2" className={styles.text}>
          Sign in to FlowCRM
        </Subtitle2>
        {waiting ? (
          <>
            <Spinner size="tiny" label="Waiting for the sign-in window" />
            <Button onClick={onSignIn}>Open the window again</Button>
          </>
        ) : (
          <>
            <Body1 as="p" className={styles.text}>
              With your work account. A window opens for it.
            </Body1>
            <Button appearance="primary" onClick={onSignIn}>
              Sign in
            </Button>
          </>
        )}
      </Card>
    </>
  )
}

/** The button that had the focus is gone with the form. */
function focusOnWhatComes(): void {
  if (document.activeElement === document.body) document.querySelector('main')?.focus()
}

const useStyles = makeStyles({ text: { margin: 0 } })
