import { AppError } from '../../errors.ts'

/** One file of an archive. Its size must be known first: the header says it. */
export type TarEntry = { path: string; size: number; at: Date; bytes: AsyncIterable<Uint8Array> }

const BLOCK = 512
/** What the twelve octal characters of a size can say (POSIX.1-2017, pax, "ustar Interchange Format"). */
const LARGEST = 8 ** 11 - 1

/** A file that is not as long as was said would shift all that follows. */
export class WrongLengthError extends AppError {
  readonly code = 'wrong-length'
  readonly retry = 'later'
}

/** A tar archive (ustar) of these files, as it is read: memory stays flat whatever they weigh. */
export async function* tar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    yield headerOf(entry)
    let bytes = 0
    for await (const piece of entry.bytes) {
      bytes += piece.byteLength
      yield piece
    }
    if (bytes !== entry.size) throw new WrongLengthError('A file is not as long as was said.')
    yield Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)
  }
  yield Buffer.alloc(2 * BLOCK)
}

/** Where each field is, by the same page: name, mode, uid, gid, size, mtime, checksum, typeflag, magic and version. */
function headerOf({ path, size, at }: TarEntry): Buffer {
  if (Buffer.byteLength(path) > 100 || size > LARGEST)
    throw new WrongLengthError('A file does not fit into the archive.')
  const header = Buffer.alloc(BLOCK)
  header.write(path, 0)
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(size, 12), 124)
  header.write(octal(Math.floor(at.getTime() / 1_000), 12), 136)
  header.write(' '.repeat(8), 148) // the checksum is taken with blanks in its own place
  header.write('0', 156)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${octal(sum, 7)} `, 148)
  return header
}

/** Digits and a NUL. */
const octal = (value: number, chars: number): string =>
  `${value.toString(8).padStart(chars - 1, '0')}\0`
