import type { Some } from './some.ts'
import type { Client } from './clients.ts'
import { had } from './since.ts'

type Values = Record<string, unknown>
type Save = (...args: unknown[]) => void

/** An item's custom properties: changed here, kept by `saveAsync` (outlook-addin 2.8). */
export function customProperties(client: Client, values: Values, save: Save) {
  return had('customProperties', client, {
    ...bag(values),
    getAll: () => ({ ...values }),
    saveAsync: (...args: unknown[]) => save({ ...values }, ...args),
  } satisfies Some<Office.CustomProperties>)
}

/** The add-in's settings in the mailbox: read when the pane starts, kept by `saveAsync`. */
export function roamingSettings(client: Client, values: Values, save: Save) {
  return had('roamingSettings', client, {
    ...bag(values),
    saveAsync: (...args: unknown[]) => save({ ...values }, ...args),
  } satisfies Some<Office.RoamingSettings>)
}

const bag = (values: Values) => ({
  get: (name: string): unknown => values[name],
  set: (name: string, value: unknown) => void (values[name] = value),
  remove: (name: string) => void delete values[name],
})
