import type { StoredAuditEntry } from '../../../models/audit-entry.ts'
import type { Random } from '../../../sandbox/random.ts'
import { hashOf } from '../../../webhook/audit/decide/chain.ts'
import { idOf } from '../../../webhook/keys/ids.ts'

type Entry = StoredAuditEntry
type Tampering = (chain: Entry[], random: Random) => Entry[]

const clone = (entry: Entry): Entry => ({
  ...entry,
  sealed: entry.sealed && {
    ...entry.sealed,
    dataKey: Buffer.from(entry.sealed.dataKey),
    fields: { details: Buffer.from(entry.sealed.fields.details) },
  },
})

/** The chain with one entry changed; the others are as they were. */
const changed = (chain: Entry[], at: number, change: (entry: Entry) => Partial<Entry>): Entry[] =>
  chain.map((entry, index) => (index === at ? { ...entry, ...change(clone(entry)) } : entry))

const someOf = (chain: Entry[], random: Random) => random.between(0, chain.length - 1)
const flipped = (bytes: Buffer, random: Random): Buffer => {
  const copy = Buffer.from(bytes)
  const at = random.between(0, copy.length - 1)
  copy[at] = copy[at]! ^ (1 << random.between(0, 7))
  return copy
}

const edits: ((entry: Entry, random: Random) => Partial<Entry>)[] = [
  ({ seq }) => ({ seq: seq + 1_000 }),
  ({ seq }) => ({ seq: -seq }),
  ({ seq }) => ({ seq: seq + 0.5 }),
  ({ at }, random) => ({ at: new Date(at.getTime() + random.between(1, 100_000)) }),
  () => ({ userId: 'somebody-else' }),
  () => ({ role: 'admin' }),
  () => ({ action: 'emails-listed' }),
  () => ({ action: 'nothing-that-there-is' }),
  () => ({ objectKind: 'contact' }),
  ({ objectId }) => ({ objectId: `${objectId}0` }),
  () => ({ detailsHash: '' }),
  ({ hash }) => ({ detailsHash: hash }),
  ({ hash }) => ({ prevHash: hash }),
  ({ prevHash }) => ({ hash: prevHash }),
  ({ hash }) => ({ mark: hash.slice(0, 22) }),
  ({ _id }) => ({ _id: `x${_id}` }),
  () => ({ workspaceId: 'another-workspace' }),
  () => ({ sealed: null }),
  ({ sealed }) => ({ sealed: sealed && { ...sealed, version: 9 } }),
  ({ sealed }, random) => ({
    sealed: sealed && { ...sealed, dataKey: flipped(sealed.dataKey, random) },
  }),
  ({ sealed }, random) => ({
    sealed: sealed && { ...sealed, fields: { details: flipped(sealed.fields.details, random) } },
  }),
  () => ({ sealed: {} as never }),
]

/** What somebody does who can write into the database and knows how hashes are made, but has no keys. */
function rechained(chain: Entry[]): Entry[] {
  let prevHash = ''
  return chain.map((entry, index) => {
    const seq = index + 1
    const link = { ...entry, seq, prevHash, _id: idOf('audit', entry.workspaceId, String(seq)) }
    const { at, userId, role, action, objectKind, objectId } = link
    const hash = hashOf({
      ...{ workspaceId: link.workspaceId, seq, at: at.toISOString(), action, prevHash },
      ...{ who: { userId, role }, object: { kind: objectKind, id: objectId } },
      detailsHash: link.detailsHash,
    })
    prevHash = hash
    return { ...link, hash }
  })
}

/** A forged entry: a copy that says somebody else did it, without details. */
const forged = (entry: Entry): Entry => ({
  ...entry,
  ...{ userId: 'somebody-else', sealed: null, detailsHash: '' },
})

/** Each family takes a chain and gives back another one that is not as it was written. */
export const tamperings: Record<string, Tampering> = {
  'an entry edited': (chain, random) => {
    const edit = random.pick(edits)
    return changed(chain, someOf(chain, random), (entry) => edit(entry, random))
  },
  'an entry edited, and the chain made anew behind it': (chain, random) =>
    rechained(changed(chain, someOf(chain, random), () => ({ objectId: 'another-email' }))),
  'entries deleted': (chain, random) => {
    const from = random.between(0, chain.length - 2)
    return chain.toSpliced(from, random.between(1, Math.min(5, chain.length - 1 - from)))
  },
  'entries deleted, and the chain closed': (chain, random) =>
    rechained(chain.toSpliced(random.between(0, chain.length - 2), 1)),
  'an entry inserted beside the chain': (chain, random) => {
    const entry = forged(random.pick(chain))
    const seq = random.pick([0, -1, chain.length + 2, entry.seq + 0.5])
    return [...chain, { ...entry, seq, _id: idOf('audit', entry.workspaceId, String(seq)) }]
  },
  'an entry inserted, and the chain made anew behind it': (chain, random) => {
    const at = someOf(chain, random)
    return rechained(chain.toSpliced(at, 0, forged(chain[at]!)))
  },
  'an entry forged at the end': (chain) => rechained([...chain, forged(chain.at(-1)!)]),
  'two entries swapped': (chain, random) => {
    const one = random.between(0, chain.length - 2)
    const other = random.between(one + 1, chain.length - 1)
    const placeOf = ({ _id, seq }: Entry) => ({ _id, seq })
    return chain
      .with(one, { ...chain[other]!, ...placeOf(chain[one]!) })
      .with(other, { ...chain[one]!, ...placeOf(chain[other]!) })
  },
  'the details of two entries swapped': (chain, random) => {
    const one = random.between(0, chain.length - 2)
    const other = random.between(one + 1, chain.length - 1)
    return chain
      .with(one, { ...chain[one]!, sealed: chain[other]!.sealed })
      .with(other, { ...chain[other]!, sealed: chain[one]!.sealed })
  },
  'the end cut off': (chain, random) => chain.slice(0, random.between(1, chain.length - 1)),
}
