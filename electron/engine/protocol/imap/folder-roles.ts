import type { FolderRole } from '../../../../shared/domain/folder.ts'

const bySpecialUse: Readonly<Record<string, FolderRole>> = {
  '\\sent': 'sent',
  '\\drafts': 'drafts',
  '\\trash': 'deleted',
  '\\junk': 'junk',
  '\\archive': 'archive',
}

/** What servers and other programs usually call them, in lower case. */
const usualNames: Readonly<Partial<Record<FolderRole, readonly string[]>>> = {
  sent: [
    'sent items',
    'sent',
    'sent messages',
    'sent mail',
    'gesendete elemente',
    'gesendete objekte',
    'gesendet',
    'éléments envoyés',
    'envoyés',
    'elementos enviados',
    'enviados',
    'posta inviata',
    'inviata',
    'verzonden items',
    'verzonden',
    'skickat',
    'sendt post',
    'lähetetyt',
    'wysłane',
    'odeslaná pošta',
    'отправленные',
    '已发送邮件',
    '已发送',
    '送信済みアイテム',
    '送信済み',
  ],
  drafts: [
    'drafts',
    'draft',
    'entwürfe',
    'brouillons',
    'borradores',
    'bozze',
    'rascunhos',
    'concepten',
    'utkast',
    'kladder',
    'luonnokset',
    'kopie robocze',
    'koncepty',
    'черновики',
    '草稿',
    '下書き',
  ],
  deleted: [
    'deleted items',
    'deleted messages',
    'deleted',
    'trash',
    'gelöschte elemente',
    'gelöschte objekte',
    'gelöscht',
    'papierkorb',
    'éléments supprimés',
    'corbeille',
    'elementos eliminados',
    'papelera',
    'posta eliminata',
    'cestino',
    'itens excluídos',
    'lixeira',
    'verwijderde items',
    'prullenbak',
    'borttaget',
    'slettet post',
    'poistetut',
    'kosz',
    'koš',
    'удаленные',
    'корзина',
    '已删除邮件',
    '已删除',
    'ゴミ箱',
  ],
  junk: [
    'junk e-mail',
    'junk email',
    'junk mail',
    'junk',
    'spam',
    'bulk mail',
    'spamverdacht',
    'junk-e-mail',
    'courrier indésirable',
    'indésirables',
    'correo no deseado',
    'posta indesiderata',
    'ongewenste e-mail',
    'skräppost',
    'roskaposti',
    'спам',
    '垃圾邮件',
    '迷惑メール',
  ],
  archive: ['archive', 'archives', 'archiv', 'archivio', 'archivo', 'arkiv', 'archief', 'архив'],
}

/** From the attributes of SPECIAL-USE (RFC 6154). */
export function roleFromAttributes(attributes: Iterable<string>): FolderRole | undefined {
  for (const attribute of attributes) {
    const role = bySpecialUse[attribute.toLowerCase()]
    if (role) return role
  }
  return undefined
}

export interface NamedFolder {
  readonly path: string
  readonly name: string
}

/**
 * Which of these folders have a role by their name. Each role goes to one folder, the one whose name stands first in the list
 * above; roles in `taken` to none.
 */
export function rolesByName(folders: readonly NamedFolder[], taken: ReadonlySet<FolderRole>): ReadonlyMap<string, FolderRole> {
  const roles = new Map<string, FolderRole>()
  for (const [role, names] of Object.entries(usualNames) as [FolderRole, readonly string[]][]) {
    if (taken.has(role)) continue
    const byRank = folders.map(({ path, name }) => ({ path, rank: names.indexOf(name.normalize('NFC').toLowerCase()) }))
    const best = byRank.filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank)[0]
    if (best && !roles.has(best.path)) roles.set(best.path, role)
  }
  return roles
}
