import { crc32 } from 'node:zlib'

const LOCAL_HEADER_BYTES = 30
const CENTRAL_HEADER_BYTES = 46
const VERSION_NEEDED = 20
/** 1 January 1980, the first day that ZIP knows: the same bytes on each run. */
const FIRST_DAY = 0x0021

/** A ZIP archive of uncompressed entries (APPNOTE 6.3). */
export function aZip(entries: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [path, content] of Object.entries(entries)) {
    const data = Buffer.from(content)
    const name = Buffer.from(path)
    const common = commonFields(data, name)
    const here = Buffer.concat([signature(0x04034b50), common, name, data])
    const listed = Buffer.alloc(CENTRAL_HEADER_BYTES)
    signature(0x02014b50).copy(listed)
    listed.writeUInt16LE(VERSION_NEEDED, 4)
    common.copy(listed, 6)
    listed.writeUInt32LE(offset, 42)
    local.push(here)
    central.push(listed, name)
    offset += here.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  signature(0x06054b50).copy(end)
  end.writeUInt16LE(local.length, 8)
  end.writeUInt16LE(local.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, directory, end])
}

/** What a local header holds after its signature; the central one repeats it. */
function commonFields(data: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(LOCAL_HEADER_BYTES - 4)
  fields.writeUInt16LE(VERSION_NEEDED, 0)
  fields.writeUInt16LE(FIRST_DAY, 8)
  fields.writeUInt32LE(crc32(data), 10)
  fields.writeUInt32LE(data.length, 14)
  fields.writeUInt32LE(data.length, 18)
  fields.writeUInt16LE(name.length, 22)
  return fields
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
