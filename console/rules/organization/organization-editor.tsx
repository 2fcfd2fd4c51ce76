import type { Mailbox } from '../../../models/wire/mailbox.ts'
import { WorkspaceRuleSet, type Lockable, type WorkspaceRules } from '../../../models/wire/rules.ts'
import type { ConsoleApi } from '../../signed-in-api.ts'
import { Editor } from '../editor.tsx'
import { BackToOutlook, ChoiceFields, type ChoiceFieldsProps } from '../fields/choice-fields.tsx'
import { Section } from '../../shell/section.tsx'
import { NeverLog } from '../never-log/never-log.tsx'
import { OwnOrganization, SpecialAddresses, dropBoxProblem } from './identity.tsx'
import { Keeping } from './keeping.tsx'

export type OrganizationEditorProps = {
  api: ConsoleApi
  mailboxes: readonly Mailbox[]
  onEdited: (isEdited: boolean) => void
}

const SOURCE = { path: '/api/v1/rules', schema: WorkspaceRuleSet }
/** Folders are the mailboxes' own. */
const TELLING = { unchosen: 'As FlowCRM does by itself', folderName: () => undefined }

/** What holds for every mailbox: as a default, or, where it is locked, without a choice. */
export function OrganizationEditor({ api, mailboxes, onEdited }: OrganizationEditorProps) {
  return (
    <Editor
      api={api}
      source={SOURCE}
      mailboxes={mailboxes}
      toTry={(workspaceRules) => ({ workspaceRules })}
      telling={TELLING}
      problemsIn={problemsIn}
      onEdited={onEdited}
    >
      {({ set, rules, edit }) => (
        <>
          <NeverLog rules={rules.neverLog} onChange={(neverLog) => edit({ ...rules, neverLog })} />
          <Section
            title="What is logged"
            intro="A mailbox that has chosen nothing follows this. What is locked, it follows in any case."
          >
            <ChoiceFields {...choicesOf(set, rules, edit)} />
          </Section>
          <BackToOutlook {...choicesOf(set, rules, edit)} />
          <Keeping {...{ rules, onChange: edit }} />
          <OwnOrganization {...{ rules, onChange: edit }} />
          <SpecialAddresses {...{ rules, onChange: edit }} />
        </>
      )}
    </Editor>
  )
}

const choicesOf = (
  { inherited }: WorkspaceRuleSet,
  rules: WorkspaceRules,
  edit: (rules: WorkspaceRules) => void,
): ChoiceFieldsProps<WorkspaceRules> => ({
  ...{ rules, inherited, inheritedFrom: 'As FlowCRM does by itself', locked: [], onChange: edit },
  lock: { keys: rules.locked, onLock: (key, locked) => edit(withLock(rules, key, locked)) },
})

function withLock(rules: WorkspaceRules, key: Lockable, isLocked: boolean): WorkspaceRules {
  const others = rules.locked.filter((each) => each !== key)
  return { ...rules, locked: isLocked ? [...others, key] : others }
}

function problemsIn(rules: WorkspaceRules): string[] {
  const problem = dropBoxProblem(rules)
  return problem === null ? [] : [`Drop-box address: ${problem}`]
}
