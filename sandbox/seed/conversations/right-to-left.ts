import { conversation, type Letter } from '../letter.ts'
import { alice, bob, layla, noa } from '../people.ts'

/** Arabic in windows-1256, Hebrew in utf-8, and answers that mix directions. */
export const rightToLeft = (): Letter[] => [
  ...conversation('zaytuna-office', 'استفسار عن آلة قهوة للمكتب', [
    {
      at: [6, '07:45'],
      from: layla,
      to: [alice],
      text: `السيدة أليس المحترمة،

نحن مكتب صغير من خمسة عشر شخصا، وكلهم يشربون القهوة.
نبحث عن آلة هادئة، لأن مكتب المدير بجانب المطبخ.

هل يمكنكم إرسال عرض سعر لآلة Barista 300؟ وشكرا جزيلا.`,
    },
    {
      at: [6, '09:10'],
      from: alice,
      to: [layla],
      cc: [bob],
      text: `Dear Layla,

شكرا for your message. The Barista 300 is as quiet as a library (38 dB), and costs EUR 65 a month with service. Bob can bring one for a week on trial, with cardamom.`,
    },
    {
      at: [5, '08:02'],
      from: layla,
      to: [alice],
      cc: [bob],
      text: `شكرا على الرد السريع.

نعم، نود تجربة الآلة لمدة أسبوع. المدير سأل فقط عن الهيل، أما السعر فلم يسأل عنه.`,
      filed: { alice: { flagged: true } },
    },
  ]),
  ...conversation('gefen-cups', 'הזמנה: 500 כוסות לקפה', [
    {
      at: [5, '06:50'],
      from: noa,
      to: [bob],
      cc: [alice],
      text: `שלום בוב,

נשמח להזמין עוד 500 כוסות (דגם C-12), עם המכסים הכחולים.
בפעם הקודמת הגיעו המכסים בלי הכוסות. זה היה אתגר.

תודה!`,
    },
    {
      at: [5, '08:25'],
      from: bob,
      to: [noa],
      text: `שלום Noa,

500 × C-12 with blue lids, and this time also with cups. I packed one set together myself, to be sure it can be done.`,
    },
    {
      at: [3, '07:15'],
      from: noa,
      to: [bob],
      text: `הגיע הכול: כוסות וגם מכסים.

אנחנו מרוצים, ואפילו קצת מופתעים. תודה רבה!`,
    },
  ]),
]
