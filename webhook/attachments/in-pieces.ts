/** The same bytes in pieces of one length; the last may be shorter. */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  for await (const bytes of source) {
    waiting.push(bytes)
    waitingBytes += bytes.byteLength
    if (waitingBytes < length) continue
    let all = Buffer.concat(waiting)
    for (; all.length >= length; all = all.subarray(length)) yield all.subarray(0, length)
    waiting = [all]
    waitingBytes = all.length
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting)
}
