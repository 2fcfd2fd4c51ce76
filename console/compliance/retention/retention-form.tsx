import {
  Button,
  Field,
  Input,
  Radio,
  RadioGroup,
  Spinner,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components'
import { useState, type FormEvent } from 'react'
import { RetentionPreview, type Retention } from '../../../models/wire/ending/ending.ts'
import { WorkspaceRuleSet } from '../../../models/wire/rules.ts'
import { useAnnounce } from '../../../ui/components/announcer.tsx'
import { ProblemBar } from '../../../ui/components/problem-bar.tsx'
import { useSaving } from '../../../ui/hooks/use-saving.ts'
import { AskBeforeLeaving } from '../../router/ask-before-leaving.tsx'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { ShorterDialog } from './shorter-dialog.tsx'
import { WHEN_GONE, whenGoneChoices } from './retention-words.ts'

/** Of the service. */
const MOST_DAYS = 36_500

export type RetentionFormProps = {
  api: ConsoleApi
  set: WorkspaceRuleSet
  onSaved: (set: WorkspaceRuleSet) => void
  onReload: () => void
}

/** Changes how long mail is kept; what that would remove is counted before it is saved. */
export function RetentionForm({ api, set, onSaved, onReload }: RetentionFormProps) {
  const styles = useStyles()
  const focusTarget = useRestoreFocusTarget()
  const { fields, wanted, edit, discard, problem, isChanged, isEdited } = useFields(set)
  const [preview, setPreview] = useState<RetentionPreview | null>(null)
  const { saving: counting, save: count } = useSaving()
  const { saving, keep } = useKeeping({ api, set, onSaved })
  const isBusy = counting === 'saving' || saving === 'saving'

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || !wanted) return
    const { retentionDays } = wanted
    if (retentionDays === null || retentionDays === set.rules.retentionDays) return keep(wanted)
    const path = '/api/v1/rules/dry-run'
    count(api.send('POST', path, { retentionDays }, RetentionPreview), setPreview)
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate aria-label="Retention">
      {typeof counting === 'object' && (
        <ProblemBar title="What would go was not counted" problem={counting} />
      )}
      {typeof saving === 'object' && (
        <ProblemBar
          title="The setting was not saved"
          problem={saving}
          action={
            saving.code === 'changed-meanwhile' && (
              <Button size="small" onClick={onReload}>
                Show what was saved
              </Button>
            )
          }
        />
      )}
      <Field label="Mail is kept">
        <RadioGroup
          value={fields.isForEver ? 'for-ever' : 'days'}
          onChange={(_event, { value }) => edit({ isForEver: value === 'for-ever' })}
        >
          <Radio value="for-ever" label="For ever" />
          <Radio value="days" label="For so many days after it was received" />
        </RadioGroup>
      </Field>
      {!fields.isForEver && (
        <Field
          label="Days"
          className={styles.days}
          {...(problem !== null && { validationMessage: problem })}
        >
          <Input
            type="number"
            min={1}
            max={MOST_DAYS}
            value={fields.days}
            onChange={(_event, { value }) => edit({ days: value })}
          />
        </Field>
      )}
      <Field label="When a message is deleted in its mailbox">
        <RadioGroup
          value={fields.whenGone}
          onChange={(_event, { value }) =>
            edit({ whenGone: whenGoneChoices.find((choice) => choice === value) ?? 'keep' })
          }
        >
          {whenGoneChoices.map((choice) => (
            <Radio key={choice} value={choice} label={WHEN_GONE[choice]} />
          ))}
        </RadioGroup>
      </Field>
      <Button
        {...focusTarget}
        type="submit"
        appearance="primary"
        className={styles.save}
        icon={isBusy ? <Spinner size="tiny" /> : null}
        disabledFocusable={isBusy || !isChanged}
      >
        {counting === 'saving' ? 'Counting what would go…' : 'Save'}
      </Button>
      {preview && wanted && (
        <ShorterDialog
          preview={preview}
          onClose={() => setPreview(null)}
          onSave={() => {
            setPreview(null)
            keep(wanted)
          }}
        />
      )}
      <AskBeforeLeaving isUnsaved={isEdited} onLeave={discard} />
    </form>
  )
}

type Choice = Pick<Retention, 'retentionDays' | 'whenGone'>

const choiceOf = ({ rules }: WorkspaceRuleSet): Choice => ({
  retentionDays: rules.retentionDays ?? null,
  whenGone: rules.whenGone ?? 'keep',
})

type Fields = { isForEver: boolean; days: string; whenGone: Choice['whenGone'] }

const fieldsOf = ({ retentionDays, whenGone }: Choice): Fields => ({
  ...{ isForEver: retentionDays === null, days: String(retentionDays ?? ''), whenGone },
})

const isEqual = (one: Fields, other: Fields) =>
  one.isForEver === other.isForEver &&
  (one.isForEver || one.days === other.days) &&
  one.whenGone === other.whenGone

/** The choice that the fields make; null while they make none. */
function choiceIn({ isForEver, days, whenGone }: Fields): Choice | null {
  if (isForEver) return { retentionDays: null, whenGone }
  const retentionDays = Number(days)
  const isCount = Number.isInteger(retentionDays) && retentionDays >= 1
  return isCount && retentionDays <= MOST_DAYS ? { retentionDays, whenGone } : null
}

/** What is written in the fields: what is saved, until somebody writes something else. */
function useFields(set: WorkspaceRuleSet) {
  const is = choiceOf(set)
  const [edited, setEdited] = useState<Fields | null>(null)
  const fields = edited ?? fieldsOf(is)
  const wanted = choiceIn(fields)
  return {
    ...{ fields, wanted },
    edit: (change: Partial<Fields>) => setEdited({ ...fields, ...change }),
    discard: () => setEdited(null),
    isEdited: !isEqual(fields, fieldsOf(is)),
    problem: wanted || fields.days === '' ? null : `Write a whole number from 1 to ${MOST_DAYS}.`,
    isChanged:
      wanted !== null &&
      (wanted.retentionDays !== is.retentionDays || wanted.whenGone !== is.whenGone),
  }
}

/** Saves the organization's rules with this choice, unless somebody has changed them since they were read. */
function useKeeping({ api, set, onSaved }: Omit<RetentionFormProps, 'onReload'>) {
  const announce = useAnnounce()
  const { saving, save } = useSaving()
  const keep = (choice: Choice) => {
    const rules = { ...set.rules, ...choice }
    save(
      api.ifStill(set.version).send('PUT', '/api/v1/rules', { rules }, WorkspaceRuleSet),
      (saved) => {
        announce('Retention saved.')
        onSaved(saved)
      },
    )
  }
  return { saving, keep }
}

const useStyles = makeStyles({
  form: {
    display: 'grid',
    rowGap: tokens.spacingVerticalM,
    maxWidth: '44rem',
    '& input[type=number]': { minWidth: 0 },
  },
  days: { maxWidth: '16rem' },
  save: { justifySelf: 'start' },
})
