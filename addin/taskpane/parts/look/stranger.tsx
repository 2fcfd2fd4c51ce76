import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { PersonAdd20Regular } from '@fluentui/react-icons/svg/person-add'
import { useState } from 'react'
import type { Party } from '../../../../models/wire/email.ts'
import { ProblemBar } from '../../../../ui/components/problem-bar.tsx'
import { useLoadable } from '../../../../ui/hooks/use-loadable.ts'
import type { Pane } from '../../pane/pane.ts'
import { PersonLine } from '../person-line.tsx'

export type StrangerProps = { party: Party; pane: Pane; onDone: (words: string) => Promise<void> }

/** Those whom no contact has yet. */
export function Strangers({
  strangers,
  ...rest
}: Omit<StrangerProps, 'party'> & { strangers: Party[] }) {
  const styles = usePeopleStyles()
  if (strangers.length === 0) return null
  return (
    <ul className={styles.list} aria-label="No contact yet">
      {strangers.map((party) => (
        <Stranger key={party.address} party={party} {...rest} />
      ))}
    </ul>
  )
}

function Stranger({ party, pane, onDone }: StrangerProps) {
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  const name = party.name || party.address
  const notes = [...(party.name ? [party.address] : []), 'No contact yet']
  return (
    <PersonLine name={name} notes={notes}>
      <Button
        size="small"
        className={styles.action}
        icon={<PersonAdd20Regular />}
        aria-expanded={open}
        aria-label={`Create contact for ${name}`}
        onClick={() => setOpen(!open)}
      >
        Create contact
      </Button>
      {open && <Form {...{ party, pane, onDone }} />}
    </PersonLine>
  )
}

/** Comes when it is asked for: fields weigh as much as the rest of the pane's own code, and most people look only. */
function Form(props: StrangerProps) {
  const { state, reload } = useLoadable(() => import('./create-contact.tsx'), [])
  if (state.status === 'loading') return <Spinner size="tiny" label="Opening the form" />
  if (state.status === 'failed')
    return <ProblemBar title="The form did not open" problem={state.error} onRetry={reload} />
  const { CreateContact } = state.value
  return <CreateContact {...props} />
}

/** Of a list of people. */
export const usePeopleStyles = makeStyles({
  list: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
})

const useStyles = makeStyles({ action: { marginBlock: tokens.spacingVerticalXS } })
