import { pdf } from '../files/attach.ts'
import { conversation, type Letter } from '../letter.ts'
import { alice, bob, jiu, misaki, sales, wei } from '../people.ts'

/** Japanese in iso-2022-jp, Chinese in gb18030, Korean in euc-kr: the charsets such mail still comes in. */
export const farEast = (): Letter[] => [
  ...conversation('sakura-samples', 'コーヒー豆のサンプルについて', [
    {
      at: [9, '00:40'],
      from: misaki,
      to: [alice],
      text: `アリス様

お世話になっております。さくら部品の佐藤です。
先日いただいたサンプルの豆、社内でたいへん好評でした。特に部長が三杯飲みました。

深煎りを月に十キロお願いした場合のお見積りをいただけますでしょうか。
よろしくお願いいたします。`,
    },
    {
      at: [9, '08:05'],
      from: alice,
      to: [misaki],
      text: `佐藤様

ご連絡ありがとうございます。お見積りを添付いたします。
(My Japanese ends here, so in English: three cups is a very good sign.)`,
      attachments: () => [
        pdf('お見積り.pdf', 'Offer 2109', ['Sakura, dark roast, 10 kg a month    JPY 41,000']),
      ],
    },
    {
      at: [8, '00:15'],
      from: misaki,
      to: [alice],
      text: `アリス様

お見積りありがとうございます。十二月から始めたいと思います。
日本語、とてもお上手です。部長は今日、四杯目です。`,
    },
    {
      at: 170,
      from: misaki,
      to: [alice],
      text: `アリス様

注文書をお送りいたします。ご確認をお願いいたします。
なお、部長には一日三杯までとお願いいたしました。`,
      attachments: () => [pdf('注文書.pdf', 'Purchase order', ['Dark roast, 10 kg a month'])],
      filed: { alice: { unread: true } },
    },
  ]),
  ...conversation('jinlan-distributor', '关于咖啡机代理合作的咨询', [
    {
      at: [8, '02:30'],
      from: wei,
      to: [sales],
      text: `您好：

我们是金兰贸易有限公司，在三座城市为办公室提供饮品服务。
我们对贵公司的 Barista 900 很感兴趣，想了解代理合作的条件和最低订购数量。

期待您的回复。`,
    },
    {
      at: [8, '09:50'],
      from: alice,
      to: [wei],
      cc: [sales],
      text: `陈先生，您好！

Thank you for writing. We would start with ten machines and train two of your people here. Shall we talk next week? Mornings with us are afternoons with you, so both sides will be awake.`,
    },
    {
      at: [7, '03:12'],
      from: wei,
      to: [alice],
      cc: [sales],
      text: `Alice，您好：

下周通话没有问题。十台可以，培训两位同事也很好。
他们问：培训期间咖啡是否免费？`,
      filed: { alice: { flagged: true } },
    },
  ]),
  ...conversation('hanbit-delivery', '커피 머신 배송 일정 문의', [
    {
      at: [4, '01:20'],
      from: jiu,
      to: [bob],
      cc: [alice],
      text: `안녕하세요, 한빛물류 김지우입니다.

주문한 커피 머신이 이번 주에 도착하는지 궁금합니다.
우리는 물류 회사인데 택배를 기다리는 일이 제일 어렵네요.`,
    },
    {
      at: [4, '08:15'],
      from: bob,
      to: [jiu],
      text: `안녕하세요!

It clears customs today and should be with you in two days. I will send the number of the lorry, professionals like numbers.`,
    },
    {
      at: [2, '02:02'],
      from: jiu,
      to: [bob],
      cc: [alice],
      text: `잘 받았습니다. 설치도 끝났습니다.
첫 잔은 기사님께 드렸습니다. 감사합니다!`,
      filed: { bob: { unread: true } },
    },
  ]),
]
