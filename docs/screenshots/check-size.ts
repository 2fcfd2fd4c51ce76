import { stat } from 'node:fs/promises'

/** Says how large a picture is; throws for one that is larger than it may be. */
export async function checkSize(path: string, maxBytes: number): Promise<void> {
  const { size } = await stat(path)
  const kilobytes = Math.ceil(size / 1024)
  console.log(`${path}  ${kilobytes} kB`)
  if (size > maxBytes) throw new Error(`${path} has ${kilobytes} kB, of ${maxBytes / 1024}.`)
}
