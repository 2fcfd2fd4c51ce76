import { TestEnvironment } from 'jest-environment-jsdom'

/** What a browser has and jsdom has not, taken from Node: the real network, so that nothing of ours is replaced. */
const FROM_NODE = {
  fetch,
  Headers,
  Request,
  Response,
  AbortController,
  AbortSignal,
  TextDecoder,
  TextEncoder,
  setImmediate,
}

/** jsdom lays nothing out, so nothing is ever resized and no media query but the default holds. */
class NeverResized {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const noMedia = (media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})

/** jsdom with a network: for pages that talk to a server on loopback. */
export default class PageEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup()
    Object.assign(this.global, FROM_NODE, {
      ResizeObserver: NeverResized,
      matchMedia: noMedia,
    })
    // Styles change nothing that jsdom could see, and looking each element up in a thousand rules takes minutes.
    this.global.CSSStyleSheet.prototype.insertRule = () => 0
    // The page's own realm does not know Node's symbols for `await using`.
    for (const name of ['dispose', 'asyncDispose'] as const)
      Object.defineProperty(this.global.Symbol, name, { value: Symbol[name] })
  }
}
