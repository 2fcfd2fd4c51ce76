import type { SupportBundle } from '../../../models/wire/health/support-bundle.ts'

/** One part of the bundle: what it is, and its content as it will be in the file. */
export type Section = { title: string; about: string; content: unknown }

type Key = Exclude<keyof SupportBundle, 'format' | 'at'>

const SECTIONS: Record<Key, [title: string, about: string]> = {
  service: ['Service', 'Versions, and since when its instances run.'],
  configuration: ['Settings of the service', 'Which are set and which are not. No values.'],
  mailbox: [
    'Mailbox',
    'Status, settings and trouble. No address and no name; people are keyed digests.',
  ],
  folders: ['Folders', 'By their ids, with counts, times and error codes. No names.'],
  subscriptions: ['Subscriptions', 'When each was made, renewed, and until when it lives.'],
  lag: ['Delay of new mail', 'In milliseconds, of the latest messages.'],
  lastTest: ['Last Test Sync', 'Its steps, as this page shows them.'],
}

/** Everything that is in the bundle, in its order. */
export const sectionsOf = (bundle: SupportBundle): Section[] =>
  (Object.keys(SECTIONS) as Key[]).map((key) => {
    const [title, about] = SECTIONS[key]
    return { title, about, content: bundle[key] }
  })
