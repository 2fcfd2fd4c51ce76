import { walk, type XmlElement } from '../xml.ts'
import { finding, type Finding, type Rule } from './rule.ts'

/** Children in the order Outlook insists on (outlook-addin 1.2, 1.3). A wrong order fails to load, without saying where. */
const ORDER: Record<string, string> = {
  OfficeApp:
    'Id AlternateId Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl SupportUrl AppDomains Hosts Requirements FormSettings Permissions Rule DisableEntityHighlighting VersionOverrides',
  VersionOverrides:
    'Description Requirements Hosts Resources WebApplicationInfo EquivalentAddins ConnectedServiceControls ExtendedPermissions VersionOverrides',
  DesktopFormFactor: 'SupportsSharedFolders FunctionFile ExtensionPoint',
  Group: 'Label Control',
  Control: 'Label Supertip Icon Action',
  Supertip: 'Title Description',
  Action: 'SourceLocation SupportsPinning FunctionName',
  DesktopSettings: 'SourceLocation RequestedHeight',
  Resources: 'bt:Images bt:Urls bt:ShortStrings bt:LongStrings',
}

/** What a mail manifest cannot do without (outlook-addin 1.2). */
const NEEDED: Record<string, string> = {
  OfficeApp:
    'Id Version ProviderName DefaultLocale DisplayName Description IconUrl HighResolutionIconUrl Hosts Requirements FormSettings Permissions Rule VersionOverrides',
  VersionOverrides: 'Hosts Resources',
  Control: 'Label Supertip Icon Action',
}

export const elementOrder: Rule = (manifest) => [...walk(manifest)].flatMap(childrenOf)

function childrenOf(parent: XmlElement): Finding[] {
  const order = ORDER[parent.name]?.split(' ')
  if (!order) return []
  const findings: Finding[] = []
  let last = 0
  for (const child of parent.children) {
    const at = order.indexOf(child.name)
    if (at < 0)
      findings.push(
        finding(
          child,
          `does not belong into ${parent.name}`,
          `There, use only: ${order.join(', ')}.`,
        ),
      )
    else if (at < last)
      findings.push(
        finding(child, `comes too late in ${parent.name}`, `Move it up, before ${order[last]}.`),
      )
    else last = at
  }
  return [...findings, ...missing(parent)]
}

function missing(parent: XmlElement): Finding[] {
  const names = new Set(parent.children.map(({ name }) => name))
  return (NEEDED[parent.name]?.split(' ') ?? [])
    .filter((name) => !names.has(name))
    .map((name) => finding(parent, `has no ${name}`, `Add <${name}>.`))
}
