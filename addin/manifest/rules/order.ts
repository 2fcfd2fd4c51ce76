import { walk, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/**
 * Children in the order Outlook insists on (outlook-addin 1.2, 1.3); those marked * may repeat. A wrong order fails to
 * load, without saying where. Where a kind (`xsi:type`) has children of its own, it stands behind the name.
 */
const ORDER: Record<string, string> = {
  OfficeApp:
    'Id AlternateId Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl SupportUrl AppDomains Hosts Requirements FormSettings Permissions Rule DisableEntityHighlighting VersionOverrides',
  DisplayName: 'Override*',
  AppDomains: 'AppDomain*',
  Hosts: 'Host*',
  Requirements: 'Sets',
  Sets: 'Set*',
  FormSettings: 'Form*',
  Form: 'DesktopSettings TabletSettings PhoneSettings',
  DesktopSettings: 'SourceLocation RequestedHeight',
  Rule: 'Rule*',
  VersionOverrides:
    'Description Requirements Hosts Resources WebApplicationInfo EquivalentAddins ConnectedServiceControls ExtendedPermissions VersionOverrides',
  Host: 'DesktopFormFactor MobileFormFactor',
  DesktopFormFactor: 'SupportsSharedFolders FunctionFile ExtensionPoint*',
  MobileFormFactor: 'FunctionFile ExtensionPoint*',
  ExtensionPoint: 'OfficeTab*',
  'ExtensionPoint MobileMessageReadCommandSurface': 'Group',
  OfficeTab: 'Group*',
  Group: 'Label Control*',
  Control: 'Label Supertip Icon Action',
  'Control MobileButton': 'Label Icon Action',
  Supertip: 'Title Description',
  Icon: 'bt:Image*',
  Action: 'SourceLocation SupportsPinning',
  'Action ExecuteFunction': 'FunctionName',
  Resources: 'bt:Images bt:Urls bt:ShortStrings bt:LongStrings',
  'bt:Images': 'bt:Image*',
  'bt:Urls': 'bt:Url*',
  'bt:ShortStrings': 'bt:String*',
  'bt:LongStrings': 'bt:String*',
  'bt:String': 'bt:Override*',
}

/** What a mail manifest cannot do without (outlook-addin 1.2). */
const NEEDED: Record<string, string> = {
  OfficeApp:
    'Id Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl Hosts Requirements FormSettings Permissions Rule VersionOverrides',
  Form: 'DesktopSettings',
  DesktopSettings: 'SourceLocation',
  VersionOverrides: 'Hosts Resources',
  DesktopFormFactor: 'FunctionFile ExtensionPoint',
  MobileFormFactor: 'ExtensionPoint',
  ExtensionPoint: 'OfficeTab',
  'ExtensionPoint MobileMessageReadCommandSurface': 'Group',
  OfficeTab: 'Group',
  Group: 'Label Control',
  Control: 'Label Supertip Icon Action',
  'Control MobileButton': 'Label Icon Action',
  Supertip: 'Title Description',
  Action: 'SourceLocation',
  'Action ExecuteFunction': 'FunctionName',
}

/** What this kind of element says, else what its name says. */
const of = (table: Record<string, string>, { name, attributes }: XmlElement) =>
  table[`${name} ${attributes['xsi:type']}`] ?? table[name]

export const elementOrder: Rule = (manifest) =>
  [...walk(manifest)].flatMap((parent) => [...misplaced(parent), ...missing(parent)])

function misplaced(parent: XmlElement): Finding[] {
  const order = of(ORDER, parent)?.split(' ')
  if (!order) return []
  const names = order.map((name) => name.replace('*', ''))
  let last = -1
  return parent.children.flatMap((child) => {
    const at = names.indexOf(child.name)
    const before = last
    last = Math.max(last, at)
    if (at < 0)
      return finding(
        child,
        `does not belong into ${parent.name}`,
        `There, use only: ${names.join(', ')}.`,
      )
    if (at < before)
      return finding(
        child,
        `comes too late in ${parent.name}`,
        `Move it up, before ${names[before]}.`,
      )
    if (at === before && !order[at]?.endsWith('*'))
      return finding(child, `stands twice in ${parent.name}`, 'Keep one of them.')
    return []
  })
}

function missing(parent: XmlElement): Finding[] {
  const names = new Set(parent.children.map(({ name }) => name))
  return (of(NEEDED, parent)?.split(' ') ?? [])
    .filter((name) => !names.has(name))
    .map((name) => finding(parent, `has no ${name}`, `Add <${name}>.`))
}
