/**
 * What a browser could do with a cleaned mail, read off the tree that an HTML parser of its own makes of it. It knows
 * nothing of our policy: it names what acts, loads, covers or can be mistaken for ours. In one piece, so that it can be
 * sent into a real browser as well.
 */
export function faultsIn(root: ParentNode, remoteAsked: boolean): string[] {
  const ACTIVE =
    /-|^(script|style|link|meta|base|iframe|frame|frameset|object|embed|applet|param|form|input|button|select|option|textarea|isindex|keygen|output|svg|math|template|slot|noscript|video|audio|source|track|picture|map|area|canvas|dialog|details|summary|marquee|bgsound|portal|fencedframe|image|layer|plaintext|xmp|listing|noembed|noframes|head|body|html|title)$/
  const NAME =
    /^(on.*|srcset|srcdoc|action|formaction|background|poster|data|data-.*|ping|id|name|class|is|slot|form|http-equiv|content|autofocus|contenteditable|accesskey|tabindex|popover.*|usemap|longdesc|lowsrc|dynsrc|profile|manifest|codebase|classid|archive|cite|itemprop|nonce|xmlns|.*:.*)$/
  const STYLE =
    /url\s*\(|image-set|image\s*\(|cross-fade|element\s*\(|src\s*\(|expression|@import|@|javascript|behaviou?r|-moz-binding|position|z-index|inset|transform|animation|content|filter|cursor|var\s*\(|env\s*\(|attr\s*\(|\\|\/\*|[<>{}]|:\s*-|\s-[\d.]/i
  const LINK = /^(https?:\/\/[^/]|mailto:|tel:)/
  const DATA = /^data:image\/(png|gif|jpe?g|webp|bmp);base64,[\w+/=\s]*$/i
  const OWN = /^\/own\/(?!\.\.?$)[\w.~!*'()%-]+$/
  const REMOTE = /^https:\/\/[^/]/

  const isPicture = (src: string) =>
    DATA.test(src) || OWN.test(src) || (remoteAsked && REMOTE.test(src))
  const isSafe: Record<string, (value: string, element: Element) => boolean> = {
    style: (value) => !STYLE.test(value),
    src: (value, { localName }) => localName === 'img' && isPicture(value),
    href: (value, link) =>
      link.localName === 'a' &&
      LINK.test(value) &&
      link.getAttribute('target') === '_blank' &&
      (link.getAttribute('rel') ?? '').includes('noopener'),
  }
  const faultsOf = (element: Element): string[] => [
    ...(element.namespaceURI === 'http://www.w3.org/1999/xhtml' ? [] : ['is no HTML']),
    ...(ACTIVE.test(element.localName) ? ['is active'] : []),
    ...[...element.attributes]
      .filter(({ name, value }) => NAME.test(name) || isSafe[name]?.(value, element) === false)
      .map(({ name, value }) => `has ${name}="${value.slice(0, 150)}"`),
  ]

  const faults = [...root.querySelectorAll('*')].flatMap((element) =>
    faultsOf(element).map((fault) => `<${element.localName}> ${fault}`),
  )
  const comments = root.ownerDocument?.createTreeWalker(root, 128 /* comments */)
  while (comments?.nextNode()) faults.push(`a comment: ${comments.currentNode.nodeValue}`)
  return faults
}
