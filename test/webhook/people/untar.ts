import { gunzipSync } from 'node:zlib'

const text = (header: Buffer, from: number, to: number): string =>
  header.subarray(from, to).toString('latin1').replace(/\0.*$/s, '').trim()

/** The files of a gzipped ustar archive, by what POSIX says of it and no code of the service. Throws where it is not one. */
export function untar(archive: Buffer): Map<string, Buffer> {
  const bytes = gunzipSync(archive)
  const files = new Map<string, Buffer>()
  for (let at = 0; ;) {
    const header = bytes.subarray(at, at + 512)
    if (header.every((byte) => byte === 0)) {
      if (bytes.length !== at + 1024) throw new Error('the archive does not end with two blocks')
      return files
    }
    const sum = header.reduce((total, byte, n) => total + (n >= 148 && n < 156 ? 32 : byte), 0)
    if (sum !== parseInt(text(header, 148, 156), 8)) throw new Error('a header is not as it was')
    if (header.subarray(257, 265).toString('latin1') !== 'ustar\x0000') throw new Error('no ustar')
    const size = parseInt(text(header, 124, 136), 8)
    files.set(text(header, 0, 100), bytes.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
}
