import type { Item } from './item.ts'
import { mimeOf } from './message-view.ts'
import { contentOf, glimpseOf, type Content } from './mime/content.ts'
import { whileScanned } from './mime/scanning.ts'
import { composeMime } from './mime/compose.ts'

/** Parsed mail kept at hand, measured by its MIME: enough for one very large mail or thousands of small ones. */
const CACHE_BYTES = 64 * 1_024 * 1_024

/** Opens the MIME of items when somebody asks for what is inside, and keeps what was asked for last. */
export class ContentReader {
  private readonly cache = new Map<Item['source'], { content: Promise<Content>; bytes: number }>()
  /** Safe Attachments looks at what hangs on these. */
  readonly scanned = new WeakSet<Item>()
  private cachedBytes = 0

  /** What is inside, uploads included. From here on the item knows its preview. */
  async read(item: Item): Promise<Content> {
    const content = await this.original(item)
    item.glimpse ??= glimpseOf(content)
    const whole = item.added
      ? { ...content, attachments: [...content.attachments, ...item.added] }
      : content
    return this.scanned.has(item) ? whileScanned(whole) : whole
  }

  /** What it says: like `read`, but attachments may come without their bytes. */
  async text(item: Item): Promise<Content> {
    const light = 'mime' in item.source ? item.source.light : undefined
    return light ? contentOf(light, item.createdAt) : this.read(item)
  }

  /** The mail as it was delivered, or as one composes it from a draft (graph-contract 4.1 "MIME"). */
  async mime(item: Item): Promise<Uint8Array> {
    if ('mime' in item.source) return mimeOf(item.source)
    const { envelope, headers } = item.source.written
    return composeMime(envelope, await this.read(item), headers)
  }

  /** What it came with, or was written with: without what was uploaded to it since. */
  original(item: Item): Promise<Content> {
    const { source } = item
    if ('written' in source) return Promise.resolve(source.written.content)
    const cached = this.cache.get(source)
    this.cache.delete(source)
    const mime = cached ? undefined : mimeOf(source)
    const entry = cached ?? {
      content: contentOf(mime ?? new Uint8Array(), item.createdAt),
      bytes: mime?.byteLength ?? 0,
    }
    this.cache.set(source, entry)
    if (!cached) this.makeRoom(entry.bytes)
    return entry.content
  }

  private makeRoom(bytes: number): void {
    this.cachedBytes += bytes
    for (const [source, entry] of this.cache) {
      if (this.cachedBytes <= CACHE_BYTES || this.cache.size === 1) return
      this.cache.delete(source)
      this.cachedBytes -= entry.bytes
    }
  }
}
