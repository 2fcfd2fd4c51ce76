import {
  encodedWords,
  multipart,
  text,
  write,
  type Encoding,
  type Sample,
  type WordKind,
} from './write.ts'

export type Language = {
  /** What the mail calls the charset, and the charset that it is. */
  label: string
  encoder: string
  name: string
  subject: string
  body: string
}

const language = (labels: string, [name, subject, body]: readonly string[]): Language[] =>
  labels.split(' ').map((each) => {
    const [label = '', encoder = label] = each.split('=')
    return { label, encoder, name: name ?? '', subject: subject ?? '', body: body ?? '' }
  })

/** Charsets as mail programs name them (`label=what it is`), with words that are written in them. */
export const languages: readonly Language[] = [
  ...language('utf-8 UTF-8 utf8=utf-8', [
    'Zoë 山田 🙂',
    'Grüße, žluťoučký, Привет, 日本語 🙂',
    'Straße, κόσμε, שלום, مرحبا, 한국어, 🙂 – all in one letter.',
  ]),
  ...language('us-ascii=utf-8', [
    'Peter Parker',
    'Re: plans',
    'Plain words only, and = signs = of equality.',
  ]),
  ...language('iso-8859-1 ISO-8859-1 iso-8859-15 windows-1252 Windows-1252', [
    'Jürgen Müller',
    'Grüße aus Köln, à bientôt',
    'Schöne Grüße, señor! Ça va? Ærø, Öresund.',
  ]),
  ...language('iso-8859-2 windows-1250', [
    'Jiří Dvořák',
    'Příliš žluťoučký kůň',
    'Zażółć gęślą jaźń. Příliš žluťoučký kůň úpěl.',
  ]),
  ...language('windows-1251 koi8-r koi8-u iso-8859-5', [
    'Иван Петров',
    'Предложение на третий этаж',
    'Здравствуйте, Алиса! Предложение ниже.',
  ]),
  ...language('windows-1253 iso-8859-7', [
    'Νίκος',
    'Προσφορά για τον όροφο',
    'Καλημέρα, η προσφορά.',
  ]),
  ...language('windows-1254 iso-8859-9', [
    'İsmail Şahin',
    'Üçüncü kat için teklif',
    'Günaydın, teklif aşağıda: ığüşöç.',
  ]),
  ...language('windows-1255', ['דוד', 'הצעה לקומה', 'שלום, ההצעה למטה.']),
  ...language('windows-1256', ['محمد', 'عرض للطابق الثالث', 'مرحبا، العرض أدناه.']),
  ...language('windows-1257', ['Jānis', 'Piedāvājums stāvam', 'Labdien, šeit ir piedāvājums.']),
  ...language('shift_jis Shift_JIS iso-2022-jp ISO-2022-JP euc-jp', [
    '山田太郎',
    '三階の見積もりについて',
    'お世話になっております。見積書を送ります。',
  ]),
  ...language('gb2312=gb18030 gbk=gb18030 gb18030', [
    '王小明',
    '三楼的报价',
    '您好，报价单如下，请查收。',
  ]),
  ...language('big5', ['陳大文', '三樓的報價', '您好，報價單如下，請查收。']),
  ...language('euc-kr ks_c_5601-1987=euc-kr', [
    '김철수',
    '삼층 견적',
    '안녕하세요, 견적서를 보냅니다.',
  ]),
]

const ways: readonly (readonly [Encoding, WordKind])[] = [
  ['8bit', 'B'],
  ['quoted-printable', 'Q'],
  ['base64', 'B'],
]

/** Every charset, three ways each: the bodies raw, quoted-printable and base64, the header in both kinds of words. */
export const inAllLanguages = (): Sample[] =>
  languages.flatMap((of, at) =>
    ways.map(([encoding, kind], way) => letterIn(of, { encoding, kind, isHtml: way === at % 3 })),
  )

function letterIn(
  of: Language,
  { encoding, kind, isHtml }: { encoding: Encoding; kind: WordKind; isHtml: boolean },
): Sample {
  const { label, encoder, name, subject, body } = of
  const words = { label, encoder, kind }
  const plain = text(body, { label, encoder, encoding })
  const html = text(`<p>${body}</p>`, { label, encoder, encoding, kind: 'html' })
  return write(`${label}, ${encoding}, ${kind} words${isHtml ? ', with HTML' : ''}`, {
    head: {
      From: `${encodedWords(name, words)} <nora@northwind.test>`,
      Subject: encodedWords(subject, words),
    },
    entity: isHtml ? multipart('alternative', [plain, html]) : plain,
    truth: { subject, body },
  })
}
