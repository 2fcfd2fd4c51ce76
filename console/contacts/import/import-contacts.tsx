import {
  Button,
  Spinner,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { ArrowUpload20Regular } from '@fluentui/react-icons/svg/arrow-upload'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { DialogFrame } from '../../../ui/components/dialog-frame.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { ChooseFile } from './choose-file.tsx'
import { ImportDone, ImportLook, ImportRunning } from './import-views.tsx'
import { useImport, type ImportStep } from './use-import.ts'

export type ImportContactsProps = { api: ConsoleApi; onImported: () => void }

/** The button "Import" and the dialog behind it. */
export function ImportContacts(props: ImportContactsProps) {
  const [open, setOpen] = useState(false)
  const focusTarget = useRestoreFocusTarget()
  return (
    <>
      <Button {...focusTarget} icon={<ArrowUpload20Regular />} onClick={() => setOpen(true)}>
        Import
      </Button>
      {open && <ImportDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function ImportDialog({ api, onImported, onClose }: ImportContactsProps & { onClose: () => void }) {
  const styles = useStyles()
  const { step, look, run, startAgain } = useImport(api, onImported)
  const hold = useSteps(step)
  return (
    <DialogFrame
      title="Import contacts"
      content={{ ref: hold, tabIndex: -1, className: styles.content }}
      leave={step.at === 'imported' ? 'Done' : 'Close'}
      actionsBefore={
        (step.at === 'previewed' || step.at === 'imported') && (
          <Button onClick={startAgain}>Choose another file</Button>
        )
      }
      actions={
        step.at === 'previewed' && (
          <Button
            appearance="primary"
            disabledFocusable={worthOf(step) === 0}
            onClick={() => void run(step.fileName, step.preview)}
          >
            {importWords(worthOf(step))}
          </Button>
        )
      }
      maxWidth="52rem"
      onClose={onClose}
    >
      {step.at === 'choosing' && (
        <ChooseFile failure={step.failure} onChosen={(file) => void look(file)} />
      )}
      {step.at === 'looking' && <Spinner label={`Looking at ${step.fileName}`} />}
      {step.at === 'previewed' && step.failure && (
        <ProblemBar title="The file was not read in completely" problem={step.failure} />
      )}
      {step.at === 'previewed' && <ImportLook {...step} />}
      {step.at === 'importing' && <ImportRunning {...step} />}
      {step.at === 'imported' && <ImportDone {...step} />}
    </DialogFrame>
  )
}

/** Each step is said to those who listen, and takes the focus: the button that led to it is gone. */
function useSteps({ at }: ImportStep): (content: HTMLDivElement | null) => void {
  const announce = useAnnounce()
  const content = useRef<HTMLDivElement>(null)
  const shown = useRef(at)
  useEffect(() => {
    if (shown.current !== at) content.current?.focus()
    shown.current = at
    if (at === 'previewed') announce('The file was looked at. Nothing is imported yet.')
    if (at === 'imported') announce('Imported.')
  }, [at, announce])
  return useCallback((element) => void (content.current = element), [])
}

/** How many rows would change something. */
const worthOf = ({ preview }: Extract<ImportStep, { at: 'previewed' }>): number =>
  preview.counts.created + preview.counts.updated

const importWords = (count: number): string =>
  count === 0
    ? 'Nothing to import'
    : `Import ${count.toLocaleString()} ${count === 1 ? 'contact' : 'contacts'}`

const useStyles = makeStyles({
  content: {
    paddingBlockEnd: tokens.spacingVerticalS,
    outlineStyle: 'none', // it is focused by the page alone
  },
})
