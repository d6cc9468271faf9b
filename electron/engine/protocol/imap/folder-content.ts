// Calendars, contacts and tasks that groupware servers show over IMAP as if they were mail (C5).
import type { FolderContent } from '../../../../shared/domain/folder.ts'

/** Where the server keeps what it is, and who it is. */
export interface ServerFacts {
  readonly greeting: string
  /** What it answers to ID (RFC 2971): name, vendor ..., joined. */
  readonly identity: string
}

/**
 * Servers that hand out everything they have as folders. Only for these do names count: elsewhere a folder called "Contacts" is
 * one in which somebody files mail.
 */
const groupware =
  /exchange|\bkerio\b|icewarp|groupwise|kopano|zarafa|\bzimbra\b|mdaemon|communigate|domino|openexchange|\bdavmail\b|scalix|axigen/i

const namesByContent: Readonly<Record<Exclude<FolderContent, 'mail'>, readonly string[]>> = {
  calendar: [
    'calendar',
    'kalender',
    'calendrier',
    'calendario',
    'calendário',
    'agenda',
    'kalenteri',
    'kalendarz',
    'kalendář',
    'naptár',
    'takvim',
    'ημερολόγιο',
    'календарь',
    'календар',
    '日历',
    '行事曆',
    '予定表',
    '일정',
  ],
  contacts: [
    'contacts',
    'contact',
    'emailed contacts',
    'suggested contacts',
    'kontakte',
    'contactos',
    'contatti',
    'contatos',
    'contactpersonen',
    'kontakter',
    'kontaktpersoner',
    'yhteystiedot',
    'kontakty',
    'névjegyalbum',
    'kişiler',
    'επαφές',
    'контакты',
    'контакти',
    '联系人',
    '連絡人',
    '連絡先',
    '연락처',
  ],
  tasks: [
    'tasks',
    'aufgaben',
    'tâches',
    'tareas',
    'attività',
    'tarefas',
    'taken',
    'uppgifter',
    'opgaver',
    'oppgaver',
    'tehtävät',
    'zadania',
    'úkoly',
    'feladatok',
    'görevler',
    'εργασίες',
    'задачи',
    'завдання',
    '任务',
    '工作',
    'タスク',
    '작업',
  ],
  notes: [
    'notes',
    'notizen',
    'notas',
    'note',
    'notities',
    'anteckningar',
    'noter',
    'notater',
    'muistilaput',
    'notatki',
    'poznámky',
    'feljegyzések',
    'notlar',
    'σημειώσεις',
    'заметки',
    'нотатки',
    '便笺',
    '記事',
    'メモ',
    '메모',
  ],
  journal: [
    'journal',
    'diario',
    'diário',
    'logboek',
    'dagbok',
    'kladde',
    'päiväkirja',
    'dziennik',
    'deník',
    'napló',
    'günlük',
    'ημερολόγιο συμβάντων',
    'дневник',
    'щоденник',
    '日记',
    '日誌',
    '履歴',
    '업무 일지',
  ],
}

/** Collections of Cyrus' CalDAV and CardDAV server, below the user's own folders, however they are separated. */
const cyrusCollections: readonly [RegExp, FolderContent][] = [
  [/(^|[./])#calendars($|[./])/i, 'calendar'],
  [/(^|[./])#addressbooks($|[./])/i, 'contacts'],
  [/(^|[./])#(drive|notifications|jmap[a-z]*|sieve)($|[./])/i, 'journal'],
]

/** By its name alone; `isTop` as for roles: at the top, or right below INBOX. */
export function contentByName(
  folder: { readonly path: string; readonly name: string; readonly isTop: boolean },
  server: ServerFacts,
): FolderContent {
  const collection = cyrusCollections.find(([pattern]) => pattern.test(folder.path))
  if (collection) return collection[1]
  if (!folder.isTop || !groupware.test(`${server.greeting} ${server.identity}`)) return 'mail'
  const name = folder.name.normalize('NFC').toLowerCase()
  const found = Object.entries(namesByContent).find(([, names]) => names.includes(name))
  return (found?.[0] as FolderContent | undefined) ?? 'mail'
}

/** Kolab's annotation: `event.default`, `contact`, `mail.sentitems` (Kolab folder type, XML format 2 and later). */
export function contentByKolabType(type: string): FolderContent | undefined {
  const [kind = ''] = type.trim().toLowerCase().split('.')
  return kolabTypes[kind]
}

const kolabTypes: Readonly<Record<string, FolderContent>> = {
  mail: 'mail',
  event: 'calendar',
  freebusy: 'calendar',
  task: 'tasks',
  contact: 'contacts',
  distributionlist: 'contacts',
  note: 'notes',
  journal: 'journal',
  configuration: 'journal',
  file: 'journal',
}
