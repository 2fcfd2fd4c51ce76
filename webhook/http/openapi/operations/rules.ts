import {
  DryRun,
  DryRunRequest,
  MailboxRuleSet,
  RulesApplied,
  SaveMailboxRules,
  SaveWorkspaceRules,
  UndoRules,
  Usage,
  WorkspaceRuleSet,
} from '../../../../models/wire/rules.ts'
import { KeptOutPage, KeptOutQuery } from '../../../../models/wire/rules/kept-out.ts'
import { RuleVersions } from '../../../../models/wire/rules/rule-versions.ts'
import type { Operation } from '../operation.ts'

const neverLog = [
  {
    kind: 'any-party',
    entries: [
      { of: 'address', value: 'doctor@clinic.example' },
      { of: 'domain', value: 'lawyers.example', subdomains: true },
    ],
  },
]
const ownRules = { scope: 'contacts', neverLog, excludedFolders: [] }
const policy = { internalOnly: 'keep-out', locked: ['internalOnly'], timeZone: 'Europe/Vienna' }

export const ruleOperations: Operation[] = [
  {
    ...{ method: 'get', path: '/api/v1/rules', id: 'getWorkspaceRules', tag: 'Rules' },
    ...{ access: 'admin', summary: 'What stays out of the CRM, organization-wide' },
    answers: { 200: { about: 'The newest version.', json: { WorkspaceRuleSet } } },
  },
  {
    ...{ method: 'put', path: '/api/v1/rules', id: 'saveWorkspaceRules', tag: 'Rules' },
    ...{
      access: 'admin',
      summary: 'Saves a new version; new mail is decided by it',
      versioned: true,
    },
    body: { json: { SaveWorkspaceRules }, example: { rules: policy } },
    answers: { 200: { about: 'The version that was made.', json: { WorkspaceRuleSet } } },
  },
  {
    ...{ method: 'get', path: '/api/v1/rules/versions', id: 'listWorkspaceRuleVersions' },
    ...{ tag: 'Rules', access: 'admin', summary: 'Who changed the rules when, and what' },
    answers: { 200: { about: 'Newest first.', json: { RuleVersions } } },
  },
  {
    ...{ method: 'post', path: '/api/v1/rules/undo', id: 'undoWorkspaceRules', tag: 'Rules' },
    ...{ access: 'admin', summary: 'Makes a new version like an older one', versioned: true },
    body: { json: { UndoRules }, example: { to: 1 } },
    answers: { 200: { about: 'The version that was made.', json: { WorkspaceRuleSet } } },
  },
  {
    ...{ method: 'post', path: '/api/v1/rules/apply', id: 'applyWorkspaceRules', tag: 'Rules' },
    ...{ access: 'admin', summary: 'Applies the rules to what is stored, in every mailbox' },
    answers: { 200: { about: 'Under way.', json: { RulesApplied } } },
  },
  {
    ...{ method: 'get', path: '/api/v1/usage', id: 'getUsage', tag: 'Rules' },
    ...{ access: 'person', summary: 'What is used of the plan' },
    answers: { 200: { about: 'As it is now.', json: { Usage } } },
  },
  {
    ...{ method: 'get', path: '/api/v1/mailboxes/{id}/rules', id: 'getMailboxRules', tag: 'Rules' },
    ...{ access: 'person', summary: 'The rules of a mailbox, and what holds in the end' },
    answers: { 200: { about: 'The newest version.', json: { MailboxRuleSet } } },
  },
  {
    ...{
      method: 'put',
      path: '/api/v1/mailboxes/{id}/rules',
      id: 'saveMailboxRules',
      tag: 'Rules',
    },
    ...{ access: 'person', summary: 'Saves a new version of them', versioned: true },
    body: { json: { SaveMailboxRules }, example: { rules: ownRules } },
    answers: { 200: { about: 'The version that was made.', json: { MailboxRuleSet } } },
  },
  {
    ...{
      method: 'get',
      path: '/api/v1/mailboxes/{id}/rules/versions',
      id: 'listMailboxRuleVersions',
    },
    ...{ tag: 'Rules', access: 'person', summary: 'Who changed the rules of a mailbox when' },
    answers: { 200: { about: 'Newest first.', json: { RuleVersions } } },
  },
  {
    ...{ method: 'get', path: '/api/v1/mailboxes/{id}/rules/kept-out', id: 'listKeptOut' },
    ...{ tag: 'Rules', access: 'person', summary: 'The conversations that a mailbox keeps out' },
    query: KeptOutQuery,
    answers: {
      200: {
        about: 'The latest first; their subjects for the owner of the mailbox alone.',
        json: { KeptOutPage },
      },
    },
  },
  {
    ...{ method: 'post', path: '/api/v1/mailboxes/{id}/rules/undo', id: 'undoMailboxRules' },
    ...{ tag: 'Rules', access: 'person', summary: 'Makes a new version like an older one' },
    versioned: true,
    body: { json: { UndoRules }, example: { to: 0 } },
    answers: { 200: { about: 'The version that was made.', json: { MailboxRuleSet } } },
  },
  {
    ...{ method: 'post', path: '/api/v1/mailboxes/{id}/rules/dry-run', id: 'tryMailboxRules' },
    ...{ tag: 'Rules', access: 'person', summary: 'What rules would do to the newest messages' },
    body: { json: { DryRunRequest }, example: { rules: ownRules, newest: 200 } },
    answers: { 200: { about: 'What would happen; nothing has.', json: { DryRun } } },
  },
  {
    ...{ method: 'post', path: '/api/v1/mailboxes/{id}/rules/apply', id: 'applyMailboxRules' },
    ...{ tag: 'Rules', access: 'person', summary: 'Applies the rules to what is stored' },
    answers: { 200: { about: 'Under way.', json: { RulesApplied } } },
  },
]
