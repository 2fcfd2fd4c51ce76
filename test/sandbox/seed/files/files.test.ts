import { describe, expect, it } from '@jest/globals'
import { crc32, inflateSync } from 'node:zlib'
import { anIcs } from '../../../../sandbox/seed/files/calendar.ts'
import { noise } from '../../../../sandbox/seed/files/noise.ts'
import { aPdf } from '../../../../sandbox/seed/files/pdf.ts'
import { aPng } from '../../../../sandbox/seed/files/png.ts'
import { anXlsx } from '../../../../sandbox/seed/files/xlsx.ts'

describe('a made file is what it claims to be:', () => {
  it('a PNG with right checksums and the painted points', () => {
    const png = Buffer.from(aPng(3, 2, (x, y) => [x, y, 7]))
    const chunks = new Map<string, Buffer>()
    for (let at = 8; at < png.length;) {
      const length = png.readUInt32BE(at)
      const named = png.subarray(at + 4, at + 8 + length)
      expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(named))
      chunks.set(named.subarray(0, 4).toString(), named.subarray(4))
      at += length + 12
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
    expect([...chunks.get('IHDR')!]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0])
    const rows = [0, 0, 0, 7, 1, 0, 7, 2, 0, 7, 0, 0, 1, 7, 1, 1, 7, 2, 1, 7]
    expect([...inflateSync(chunks.get('IDAT')!)]).toEqual(rows)
  })

  it('a PDF whose cross-reference table points at its objects', () => {
    const pdf = Buffer.from(aPdf('Offer (2107)', ['EUR 290', 'back\\slash'])).toString('latin1')
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1])
    expect(pdf.slice(table, table + 8)).toBe('xref\n0 6')
    const offsets = [...pdf.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) =>
      Number(at),
    )
    expect(offsets.map((at) => pdf.slice(at, at + 7))).toEqual(
      [1, 2, 3, 4, 5].map((object) => `${object} 0 obj`),
    )
    const [, length, stream] = /\/Length (\d+) >>\nstream\n([^]*?)\nendstream/.exec(pdf)!
    expect(stream).toHaveLength(Number(length))
    expect(stream).toContain('(Offer \\(2107\\)) Tj')
  })

  it('an XLSX: a ZIP with right checksums, whose sheet holds the cells', () => {
    const zip = Buffer.from(
      anXlsx([
        ['Cups & lids', 420],
        ['<b>', 0.21],
      ]),
    )
    const end = zip.length - 22
    expect(zip.readUInt32LE(end)).toBe(0x06054b50)
    const entries = new Map<string, string>()
    let at = zip.readUInt32LE(end + 16)
    for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
      expect(zip.readUInt32LE(at)).toBe(0x02014b50)
      const nameLength = zip.readUInt16LE(at + 28)
      const local = zip.readUInt32LE(at + 42)
      const start = local + 30 + zip.readUInt16LE(local + 26)
      const data = zip.subarray(start, start + zip.readUInt32LE(at + 24))
      expect(crc32(data)).toBe(zip.readUInt32LE(at + 16))
      entries.set(zip.subarray(at + 46, at + 46 + nameLength).toString(), data.toString())
      at += 46 + nameLength
    }
    expect(at).toBe(end)
    expect([...entries.keys()]).toContain('[Content_Types].xml')
    const sheet = entries.get('xl/worksheets/sheet1.xml')!
    expect(sheet).toContain('<t>Cups &#38; lids</t>')
    expect(sheet).toContain('<v>0.21</v>')
  })

  it('an iCalendar event with folded lines and escaped text', () => {
    const ics = anIcs({
      uid: 'tasting@contoso.test',
      method: 'REQUEST',
      summary: 'Tasting; six cups, no talking',
      start: new Date('2026-11-27T10:30:00Z'),
      minutes: 90,
      organizer: { name: 'Bob', address: 'bob@contoso.test' },
      attendees: [{ name: 'A name that is long enough to fold', address: 'alice@contoso.test' }],
    })
    expect(ics).toContain('DTSTART:20261127T103000Z\r\nDTEND:20261127T120000Z\r\n')
    expect(ics).toContain('SUMMARY:Tasting\\; six cups\\, no talking\r\n')
    expect(Math.max(...ics.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(75)
    expect(ics.replace(/\r\n /g, '')).toContain('RSVP=TRUE:mailto:alice@contoso.test\r\n')
  })

  it('noise of the exact size, the same for a seed, another for another', () => {
    const [once, again, other] = [noise(1001, 7), noise(1001, 7), noise(1001, 9)].map((it) =>
      it.make(),
    )
    expect(once).toHaveLength(1001)
    expect(once).toEqual(again)
    expect(once).not.toEqual(other)
    expect(new Set(once).size).toBeGreaterThan(200)
  })
})
