/** Places that a redirect might be talked into: ours, made of the parts that such lists have in common. */
const HOSTS = [
  'evil.example',
  '127.0.0.1:1',
  'evil.example%2f',
  'ｅvil.example',
  'localhost@evil.example',
]

const BEFORE = [
  ...[
    '//',
    '///',
    '////',
    '/\\',
    '\\\\',
    '\\/',
    '/\\/',
    '/\\\\',
    '/%5c',
    '/%2f',
    '/%2f/',
    '%2f%2f',
  ],
  ...['/%09/', '/\t/', '/\n/', '/\r\n/', '\t//', ' //', '/ /', '/\u0000/', '/\u00a0/', '/\u2028/'],
  ...['/.//', '/..//', '/././/', '/a/..//', '/%2e//', '/.%2e//', '/;//', '/?//', '/#//', '/.\\'],
  ...[
    'https://',
    'http://',
    'HTTPS://',
    'https:',
    'https:/',
    'https:///',
    'http:\\\\',
    'ht\ntps://',
  ],
  ...[
    'javascript://',
    'data:text/html,',
    'vbscript:',
    'file://',
    'ftp://',
    'ws://',
    'blob:https://',
  ],
  ...['@', '.', ':80//', '?to=//', '#//', '/@', '/:', '/／', '/\uff0f', '\u3002', '〱', '/\ufeff/'],
]

/** Each wants to leave the site, or to write a header of its own. */
export const redirects: string[] = [
  ...BEFORE.flatMap((before) => HOSTS.map((host) => `${before}${host}`)),
  ...BEFORE.slice(0, 12).map((before) => `${before}evil.example/..;/auth/callback?x=1#y`),
  ...[
    '/x\r\nSet-Cookie: a=b',
    '/x\nLocation: //evil.example',
    '/\u560d\u560aLocation:x',
    '/\u010d\u010aX: y',
  ],
  ...[
    '',
    ' ',
    'null',
    '[object Object]',
    `/${'a'.repeat(2_000)}`,
    `//${'a.'.repeat(400)}evil.example`,
  ],
  ...['/auth/sign-in?returnTo=//evil.example', '/%0d%0aLocation:%20//evil.example', '/%E5%98%8A//'],
]
