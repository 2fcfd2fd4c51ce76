import type { Address } from './mime/headers.ts'

/** Somebody who writes in the seeded mail. */
export type Person = Address & {
  name: string
  company: string
  /** The lines under their mails. */
  signature?: readonly string[]
  /** Where their clock is, such as '+0900'. */
  utcOffset?: string
  /** What their mail program writes; 'plain' writes no HTML. */
  writes?: 'html' | 'plain'
  charset?: string
}

const contoso = (name: string, address: string, role: string): Person => ({
  name,
  address: `${address}@contoso.test`,
  company: 'Contoso',
  signature: [name, `${role} | Contoso Coffee Machines`, 'Good coffee is a service level.'],
})

export const alice = contoso('Alice Archer', 'alice', 'Account manager')
export const bob = contoso('Bob Baker', 'bob', 'Head of service')
export const admin = contoso('Ada Admin', 'admin', 'IT')
export const sales = contoso('Contoso Sales', 'sales', 'Sales desk')
/** The same people under the other addresses that reach them. */
export const aliceAtFairs: Person = { ...alice, address: 'alice+fairs@contoso.test' }
export const aliceAlias: Person = { ...alice, address: 'a.archer@contoso.test' }
export const hello: Person = { ...sales, name: 'Contoso', address: 'hello@contoso.test' }

export const nora: Person = {
  name: 'Nora Lindqvist',
  address: 'nora@northwind.test',
  company: 'Northwind',
  signature: ['Nora Lindqvist', 'Head of Purchasing, Northwind', 'Extension 100, after the beep'],
  utcOffset: '+0100',
}
export const tom: Person = {
  name: 'Tom Okafor',
  address: 'tom.okafor@northwind.test',
  company: 'Northwind',
  signature: ['Tom', 'Warehouse 2, the one with the good view of Warehouse 3'],
  utcOffset: '+0100',
  writes: 'plain',
}
export const ines: Person = {
  name: 'Inês Duarte',
  address: 'ines.duarte@fabrikam.test',
  company: 'Fabrikam Robotics',
  signature: ['Inês Duarte', 'Legal Counsel, Fabrikam Robotics'],
}
export const felix: Person = {
  name: 'Felix Brandt',
  address: 'felix@fabrikam.test',
  company: 'Fabrikam Robotics',
  signature: ['Felix', 'CTO, Fabrikam Robotics'],
  utcOffset: '+0100',
}
export const tess: Person = {
  name: 'Tess Moreau',
  address: 'tess@tailspin.test',
  company: 'Tailspin Toys',
  signature: ['Tess Moreau', 'Owner, chief tester, Tailspin Toys'],
  utcOffset: '+0100',
}
export const leo: Person = {
  name: 'Leo Hartmann',
  address: 'leo.hartmann@litware.test',
  company: 'Litware',
  signature: ['Leo Hartmann', 'Accounts Payable, Litware'],
  utcOffset: '+0100',
}
export const grace: Person = {
  name: 'Grace Adeyemi',
  address: 'grace@adatum.test',
  company: 'Adatum Insurance',
  signature: ['Grace Adeyemi', 'Office Manager, Adatum Insurance'],
}
export const will: Person = {
  name: 'Will Penrose',
  address: 'will@wingtip.test',
  company: 'Wingtip Flight School',
  signature: ['Will', 'Wingtip Flight School'],
  utcOffset: '-0500',
  writes: 'plain',
}
export const misaki: Person = {
  name: '佐藤 美咲',
  address: 'sato@sakura-parts.test',
  company: 'さくら部品',
  signature: ['佐藤 美咲', 'さくら部品株式会社 購買部'],
  utcOffset: '+0900',
  writes: 'plain',
  charset: 'iso-2022-jp',
}
export const wei: Person = {
  name: '陈伟',
  address: 'chen.wei@jinlan.test',
  company: '金兰贸易',
  signature: ['陈伟', '金兰贸易有限公司'],
  utcOffset: '+0800',
  charset: 'gb18030',
}
export const jiu: Person = {
  name: '김지우',
  address: 'jiu.kim@hanbit.test',
  company: '한빛물류',
  signature: ['김지우 드림', '한빛물류 총무팀'],
  utcOffset: '+0900',
  writes: 'plain',
  charset: 'euc-kr',
}
export const layla: Person = {
  name: 'ليلى منصور',
  address: 'layla@zaytuna.test',
  company: 'شركة الزيتونة',
  signature: ['ليلى منصور', 'مديرة المكتب، شركة الزيتونة'],
  utcOffset: '+0200',
  charset: 'windows-1256',
}
export const noa: Person = {
  name: 'נועה לוי',
  address: 'noa@gefen.test',
  company: 'גפן ייבוא',
  signature: ['נועה לוי', 'גפן ייבוא בע״מ'],
  utcOffset: '+0200',
}

const customers: readonly Person[] = [
  [nora, tom, ines, felix, tess, leo, grace, will],
  [misaki, wei, jiu, layla, noa],
].flat()

/** A mailbox of the tenant; `owner` is who may open a shared one, `aliases` also arrive there. */
export type SeedMailbox = {
  address: string
  displayName: string
  owner?: string
  aliases: readonly string[]
}

/** Who is there: the tenant's mailboxes, and the customers worth having as CRM contacts. */
export const seedPeople: {
  mailboxes: readonly SeedMailbox[]
  contacts: readonly { name: string; address: string; company: string }[]
} = {
  mailboxes: [
    { address: alice.address, displayName: alice.name, aliases: [aliceAlias.address] },
    { address: bob.address, displayName: bob.name, aliases: ['bob.baker@contoso.test'] },
    { address: admin.address, displayName: admin.name, aliases: [] },
    {
      address: sales.address,
      displayName: sales.name,
      owner: alice.address,
      aliases: [hello.address],
    },
  ],
  contacts: customers.map(({ name, address, company }) => ({ name, address, company })),
}

/** The mailbox that an address is delivered to (alias and plus-tag considered), or undefined when it is not ours. */
export function mailboxOf({ address }: Address): string | undefined {
  const plain = address.toLowerCase().replace(/^([^+@]*)\+[^@]*@/, '$1@')
  return seedPeople.mailboxes.find(
    (mailbox) => mailbox.address === plain || mailbox.aliases.includes(plain),
  )?.address
}
