import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { Erasure, type ErasureDryRun } from '../../../models/wire/people/erasure.ts'
import type { Api } from '../../../ui/api/client.ts'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { figureLines } from './figures.ts'
import type { Person } from './person.ts'

const WORD = 'erase'

export type EraseDialogProps = {
  api: Api
  person: Person
  found: ErasureDryRun
  onClose: () => void
  onBegun: (erasure: Erasure) => void
}

/** The last question before a person is taken out for good. Mounted while it is open. */
export function EraseDialog({ api, person, found, onClose, onBegun }: EraseDialogProps) {
  const { saving, save } = useSaving()
  const [typed, setTyped] = useState('')
  const isSure = typed.trim().toLowerCase() === WORD
  const handleSubmit = () => {
    if (!isSure || saving === 'saving') return
    save(api.send('POST', '/api/v1/people/erasures', person.subject, Erasure), onBegun)
  }
  return (
    <DialogFrame
      title={`Erase ${person.label}?`}
      modalType="alert"
      actions={
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={!isSure || saving === 'saving'}
        >
          {saving === 'saving' ? 'Beginning…' : 'Erase for good'}
        </Button>
      }
      onSubmit={handleSubmit}
      onClose={onClose}
    >
      {typeof saving === 'object' && <ProblemBar title="Nothing was erased" problem={saving} />}
      <p>
        <strong>This cannot be undone.</strong> From now on no mail of this person comes in, and
        what there is goes:
      </p>
      <Figures lines={figureLines(found.figures)} />
      <Field label={`Type “${WORD}” to go on`}>
        <Input value={typed} autoComplete="off" onChange={(_event, { value }) => setTyped(value)} />
      </Field>
    </DialogFrame>
  )
}

/** What goes, or went, one on each line. */
export function Figures({ lines }: { lines: readonly string[] }) {
  const styles = useStyles()
  if (lines.length === 0) return <p className={styles.text}>Nothing was found.</p>
  return (
    <ul className={styles.figures}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

const useStyles = makeStyles({
  text: { margin: 0 },
  figures: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
})
