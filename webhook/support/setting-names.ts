import type { Config, Secrets } from '../config/config.ts'

export type SettingNames = { set: string[]; notSet: string[] }

/** Which settings of the service are given and which are left out: by name, never a value. Pure. */
export function settingNames(settings: { config: Config; secrets: Secrets }): SettingNames {
  const names: SettingNames = { set: [], notSet: [] }
  const walk = (value: unknown, name: string): void => {
    if (isGroup(value)) for (const [key, one] of Object.entries(value)) walk(one, `${name}.${key}`)
    else (value === null || value === undefined ? names.notSet : names.set).push(name)
  }
  for (const [key, value] of Object.entries(settings.config)) walk(value, key)
  // What is inside a secret is nobody's business.
  for (const [key, value] of Object.entries(settings.secrets))
    walk(value === null ? null : true, `secrets.${key}`)
  return { set: names.set.sort(), notSet: names.notSet.sort() }
}

/** Groups of settings are plain objects; what has a class is a value. */
const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
