// Languages, scripts and charsets.
import type { Person } from './mail-headers.ts'
import { html, type Part, type TextOptions, text } from './mail-parts.ts'
import type { SampleMail } from './sample-mail.ts'

export function worldMail(): readonly SampleMail[] {
  return letters.map(({ slug, daysAgo, from, subject, body, charset, encoding }) => {
    const options: TextOptions = { charset, ...(encoding && { encoding }) }
    return {
      slug: `world-${slug}`,
      folder: 'INBOX',
      daysAgo,
      time: '06:45',
      from,
      subject,
      charset,
      body: toBody(body, options),
      isUnread: daysAgo < 6,
    }
  })
}

/** Right-to-left mail comes as HTML more often than not. */
function toBody(body: string, options: TextOptions): Part {
  return body.startsWith('<') ? html(body, options) : text(body, options)
}

interface WorldLetter {
  readonly slug: string
  readonly daysAgo: number
  readonly from: Person
  readonly subject: string
  readonly body: string
  readonly charset: string
  readonly encoding?: 'base64' | '8bit'
}

const letters: readonly WorldLetter[] = [
  {
    slug: 'japanese',
    daysAgo: 3,
    from: { name: '山田 花子', address: 'hanako@example.com', zone: '+0900' },
    subject: '来週の会議について',
    body: 'ロビン様\n\nお世話になっております。来週の会議は木曜日の午前十時からでよろしいでしょうか。\n資料は水曜日までにお送りいたします。\n\nよろしくお願いいたします。\n山田 花子',
    charset: 'iso-2022-jp',
  },
  {
    slug: 'japanese-utf8',
    daysAgo: 26,
    from: { name: '佐藤 健', address: 'ken.sato@example.net', zone: '+0900' },
    subject: '写真をありがとう 📷',
    body: 'ロビンさん、写真をありがとうございました。とてもきれいな海ですね！\n次はぜひ京都に来てください。\n\n佐藤',
    charset: 'utf-8',
    encoding: 'base64',
  },
  {
    slug: 'chinese',
    daysAgo: 5,
    from: { name: '王小明', address: 'xiaoming.wang@example.com', zone: '+0800' },
    subject: '中秋节快乐',
    body: '亲爱的罗宾：\n\n祝你中秋节快乐！今年的月饼是我妈妈亲手做的，已经寄出，大约十天以后会到。\n\n小明',
    charset: 'gb18030',
    encoding: 'base64',
  },
  {
    slug: 'chinese-big5',
    daysAgo: 92,
    from: { name: '陳美玲', address: 'meiling.chen@example.net', zone: '+0800' },
    subject: '茶葉已經寄出',
    body: '羅賓你好：\n\n你要的烏龍茶今天已經寄出。泡的時候水不要太燙，八十五度最好。\n\n美玲',
    charset: 'big5',
    encoding: 'base64',
  },
  {
    slug: 'korean',
    daysAgo: 66,
    from: { name: '김민준', address: 'minjun.kim@example.com', zone: '+0900' },
    subject: '한국에 오신 것을 환영합니다',
    body: '로빈 씨, 안녕하세요.\n\n여행 계획을 잘 받았습니다. 공항에서 만나요!\n\n민준',
    charset: 'euc-kr',
    encoding: 'base64',
  },
  {
    slug: 'russian',
    daysAgo: 9,
    from: { name: 'Алексей Смирнов', address: 'alexey@example.net', zone: '+0300' },
    subject: 'Встреча в пятницу',
    body: 'Здравствуйте!\n\nНапоминаю, что мы встречаемся в пятницу в шесть вечера у старого моста. Чай и пироги за мной.\n\nАлексей',
    charset: 'koi8-r',
  },
  {
    slug: 'ukrainian',
    daysAgo: 57,
    from: { name: 'Оксана Коваль', address: 'oksana.koval@example.com', zone: '+0200' },
    subject: 'Рецепт борщу',
    body: 'Добрий день!\n\nНадсилаю рецепт, як обіцяла. Головне — не поспішати: буряк додають наприкінці.\n\nОксана',
    charset: 'windows-1251',
    encoding: '8bit',
  },
  {
    slug: 'greek',
    daysAgo: 14,
    from: { name: 'Ελένη Παπαδοπούλου', address: 'eleni@example.org', zone: '+0300' },
    subject: 'Καλημέρα από το νησί',
    body: 'Καλημέρα Ρόμπιν!\n\nΗ θάλασσα είναι ήρεμη και ο καφές έτοιμος. Σε περιμένουμε τον Μάιο.\n\nΕλένη',
    charset: 'iso-8859-7',
  },
  {
    slug: 'arabic',
    daysAgo: 21,
    from: { name: 'ليلى منصور', address: 'layla@example.net', zone: '+0200' },
    subject: 'دعوة إلى العشاء',
    body: '<html><body dir="rtl" style="font-size:16px"><p>عزيزي روبن،</p><p>يسعدنا أن ندعوك إلى العشاء يوم الجمعة في الساعة الثامنة مساءً. سيكون هناك الكثير من الطعام.</p><p>مع أطيب التحيات،<br>ليلى</p></body></html>',
    charset: 'windows-1256',
  },
  {
    slug: 'hebrew',
    daysAgo: 39,
    from: { name: 'נועה לוי', address: 'noa.levi@example.com', zone: '+0300' },
    subject: 'תמונות מהטיול',
    body: '<html><body dir="rtl" style="font-size:16px"><p>שלום רובין,</p><p>תודה על הטיול הנפלא! אשלח את התמונות בסוף השבוע.</p><p>נועה</p></body></html>',
    charset: 'utf-8',
  },
  {
    slug: 'hindi',
    daysAgo: 101,
    from: { name: 'अर्जुन मेहता', address: 'arjun.mehta@example.net', zone: '+0530' },
    subject: 'दीवाली की शुभकामनाएँ',
    body: 'प्रिय रॉबिन,\n\nआपको और आपके परिवार को दीवाली की हार्दिक शुभकामनाएँ। मिठाई का डिब्बा रास्ते में है।\n\nअर्जुन',
    charset: 'utf-8',
  },
  {
    slug: 'french',
    daysAgo: 11,
    from: { name: 'Élodie Lefèvre', address: 'elodie.lefevre@example.com', zone: '+0200' },
    subject: 'Où est passée la clé du grenier ?',
    body: 'Bonjour Robin,\n\nla clé n’est ni sous le pot, ni à côté de la fenêtre… Est-ce que tu l’as encore ? Le grenier coûte 15 € par mois, même fermé.\n\nÀ bientôt\nÉlodie',
    charset: 'windows-1252',
  },
  {
    slug: 'german',
    daysAgo: 32,
    from: { name: 'Jürgen Weiß', address: 'juergen.weiss@example.org', zone: '+0200' },
    subject: 'Grüße aus der Werkstatt: das Fahrrad ist fertig',
    body: 'Moin Robin,\n\ndas Rad ist fertig. Neue Züge, neue Beläge, und die Klingel hört man jetzt bis zum Leuchtturm. Über den Preis reden wir beim Kaffee.\n\nViele Grüße\nJürgen',
    charset: 'iso-8859-15',
  },
  {
    slug: 'polish',
    daysAgo: 83,
    from: { name: 'Zofia Wójcik', address: 'zofia.wojcik@example.net', zone: '+0200' },
    subject: 'Zażółć gęślą jaźń',
    body: 'Cześć Robin!\n\nTo zdanie zawiera wszystkie polskie litery. Jeśli je widzisz, wszystko działa.\n\nZofia',
    charset: 'iso-8859-2',
  },
  {
    slug: 'turkish',
    daysAgo: 146,
    from: { name: 'Gülşah Yıldız', address: 'gulsah@example.com', zone: '+0300' },
    subject: 'İstanbul’dan selamlar',
    body: 'Merhaba Robin,\n\nBoğaz’da bugün hava çok güzel. Çayını içmeden dönme demiştim, unuttun!\n\nGülşah',
    charset: 'windows-1254',
  },
]
