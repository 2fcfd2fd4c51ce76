import type { Mailbox } from '../../models/wire/mailbox.ts'
import { MailboxRuleSet, type MailboxRules } from '../../models/wire/rules.ts'
import { WriteRefused } from '../mailboxes/mending/write-refused.tsx'
import type { Looker } from '../mailboxes/mending/ways-out.ts'
import type { ConsoleApi } from '../signed-in-api.ts'
import { Editor } from './editor.tsx'
import { BackToOutlook, ChoiceFields } from './fields/choice-fields.tsx'
import { FoldersLeftOut } from './fields/folders-left-out.tsx'
import { KeptOut } from './kept-out/kept-out.tsx'
import { Section } from '../shell/section.tsx'
import { NeverLog } from './never-log/never-log.tsx'

export type MailboxEditorProps = {
  api: ConsoleApi
  session: Looker
  mailbox: Mailbox
  onEdited: (isEdited: boolean) => void
}

/** The rules of one mailbox, on top of those of the organization. */
export function MailboxEditor({ api, session, mailbox, onEdited }: MailboxEditorProps) {
  const path = `/api/v1/mailboxes/${encodeURIComponent(mailbox.id)}/rules`
  return (
    <Editor
      api={api}
      source={{ path, schema: MailboxRuleSet, outgoing: withoutLocked }}
      mailboxes={[mailbox]}
      toTry={(rules) => ({ rules })}
      telling={{
        unchosen: 'As your organization',
        folderName: (id) => mailbox.folders.find((folder) => folder.id === id)?.displayName,
      }}
      onEdited={onEdited}
    >
      {({ set, rules, edit }) => (
        <>
          <NeverLog
            rules={rules.neverLog}
            onChange={(neverLog) => edit({ ...rules, neverLog })}
            ofOrganization={ofOrganization(set)}
          />
          <Section title="What is logged">
            <ChoiceFields {...choicesOf(set)} rules={rules} onChange={edit} />
          </Section>
          <FoldersLeftOut
            folders={mailbox.folders}
            excluded={rules.excludedFolders}
            onChange={(excludedFolders) => edit({ ...rules, excludedFolders })}
          />
          <KeptOut
            {...{ api, path }}
            saved={set.rules.keptOut}
            keptOut={rules.keptOut}
            onChange={(keptOut) => edit({ ...rules, keptOut })}
          />
          <BackToOutlook {...choicesOf(set)} rules={rules} onChange={edit}>
            <WriteRefused mailbox={asOf(mailbox, set)} session={session} />
          </BackToOutlook>
        </>
      )}
    </Editor>
  )
}

const choicesOf = ({ inherited, locked }: MailboxRuleSet) => ({
  ...{ inherited, locked, inheritedFrom: 'As your organization' as const },
})

/** The mailbox as it may be written to since these rules were saved. */
function asOf({ writeRefused: _before, ...mailbox }: Mailbox, set: MailboxRuleSet): Mailbox {
  return { ...mailbox, ...(set.writeRefused && { writeRefused: set.writeRefused }) }
}

/** What holds for the mailbox and is not its own. */
function ofOrganization({ effective, rules }: MailboxRuleSet) {
  const own = new Set(rules.neverLog.map(({ id }) => id))
  return effective.neverLog.filter(({ id }) => !own.has(id))
}

/** A choice of before the lock would be refused, though nobody has touched it. */
function withoutLocked(rules: MailboxRules, { locked }: MailboxRuleSet): MailboxRules {
  const keys: readonly string[] = locked
  const left = Object.entries(rules).filter(([key]) => !keys.includes(key))
  return { ...EMPTY, ...Object.fromEntries(left) }
}

const EMPTY: MailboxRules = { neverLog: [], excludedFolders: [], keptOut: [] }
