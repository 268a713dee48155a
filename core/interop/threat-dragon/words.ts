import type { Category } from '../../model/types.ts'
import type { DrawnDecision } from '../reading/drawing.ts'

const CATEGORIES: readonly Category[] = [
  'spoofing',
  'tampering',
  'repudiation',
  'informationDisclosure',
  'denialOfService',
  'elevationOfPrivilege',
]

/** Threat Dragon stores a threat's label in its author's language: the six STRIDE words of each locale that translates them. */
const STRIDE: readonly string[] = [
  'Spoofing|Tampering|Repudiation|Information disclosure|Denial of service|Elevation of privilege',
  'Spoofing|Manipulation|Nichtanerkennung|Veröffentlichung von Informationen|Denial of service|Erhöhung von Rechten',
  'Spoofing|Manipulación|Repudiación|Brecha de información|Denegación de servicio|Elevación de privilegios',
  "Usurpation d'identité|Falsification|Répudiation|Divulgation d'information|Déni de service|Élévation de privilège",
  'Falsificação|Adulteração|Repúdio|Divulgação de informações|Negação de serviço|Elevação de privilégio',
  'Penipuan|Penyelewengan|Penafian|Pendedahan maklumat|Penafian Perkhidmatan|Kenaikan Hak',
  'Παραπλάνηση|Παραποίηση|Αποποίηση|Αποκάλυψη Πληροφοριών|Άρνηση εκτέλεσης υπηρεσίας|Αναβάθμιση προνομίων',
  'なりすまし|改竄|否認|情報漏洩|サービス拒否|特権の昇格',
  '欺骗|篡改|否认|信息泄露|拒绝服务|权限提升',
  'स्पूफिंग|छेड़छाड़|अस्वीकृति|सूचना प्रकटीकरण|सेवा से इनकार|विशेषाधिकार का उन्नयन',
]

/** CIA names the property that is lost; STRIDE defines these three values as the loss of the same property. */
const CIA_CATEGORIES: readonly Category[] = ['informationDisclosure', 'tampering', 'denialOfService']
const CIA: readonly string[] = [
  'Confidentiality|Integrity|Availability',
  'Confidentialité|Intégrité|Disponibilité',
  'Confidencialidad|Integridad|Disponibilidad',
  'Confidencialidade|Integridade|Disponibilidade',
  'Kerahasiaan|Integritas|Ketersediaan',
  'Kerahsiaan|Integriti|Ketersediaan',
  'Εμπιστευτικότητα|Ακεραιότητα|Διαθεσιμότητα',
  '機密性|完全性|可用性',
  '机密性|完整性|可用性',
  'गोपनीयता|ईमानदारी|उपलब्धता',
]

const STRIDE_OF = wordMap(STRIDE, CATEGORIES)
const CIA_OF = wordMap(CIA, CIA_CATEGORIES)

/** The category of a threat, and how the file came to say it. */
export type Typed = {
  readonly category: Category
  /** True when the file says it in STRIDE; false when it names the lost property. */
  readonly isStride: boolean
}

/** The STRIDE value of a threat's type; none for words of other methods, whose categories are kept apart. */
export function categoryOf(type: string | undefined, modelType: string | undefined): Typed | undefined {
  const method = plain(modelType ?? '').replaceAll(' ', '')
  if (type === undefined || OTHER_METHODS.has(method)) return undefined
  for (const word of wordsIn(type)) {
    const stride = method.startsWith('cia') ? undefined : STRIDE_OF.get(word)
    if (stride) return { category: stride, isStride: true }
    const lost = method === 'stride' ? undefined : CIA_OF.get(word)
    if (lost) return { category: lost, isStride: false }
  }
  return undefined
}

/** The word Threat Dragon has for a category in English, which all its versions know. */
export function wordFor(category: Category): string {
  return ENGLISH[CATEGORIES.indexOf(category)] ?? ''
}

const ENGLISH = (STRIDE[0] ?? '').split('|')

const OTHER_METHODS = new Set(['linddun', 'die', 'plot4ai', 'eop'])

/** Some locales write two languages into one label: "Tampering / Manipulación", "Παραποίηση (Tampering)", "Tampering التلاعب". */
function wordsIn(type: string): readonly string[] {
  const latin = /^[A-Za-z][A-Za-z ]*/.exec(type)?.[0] ?? ''
  return [type, ...type.split(/[/()]| - /), latin].map(plain).filter(word => word !== '')
}

const DECISIONS: Readonly<Record<string, DrawnDecision>> = {
  open: 'open',
  mitigated: 'mitigated',
  notapplicable: 'notApplicable',
  na: 'notApplicable',
  accepted: 'accept',
  transferred: 'transfer',
  avoided: 'avoid',
  eliminated: 'avoid',
}

/** What a status means here; a missing one is open, as in Threat Dragon. */
export function decisionOf(status: string | undefined): DrawnDecision {
  if (status === undefined) return 'open'
  const word = status.toLowerCase().replace(/[^a-z]/g, '')
  return (Object.hasOwn(DECISIONS, word) && DECISIONS[word]) || 'unclear'
}

/** Texts that Threat Dragon fills in by itself; nobody wrote them, so they say nothing. */
const DEFAULTS = new Set(
  [
    'Provide a description for this threat',
    'Provide remediation for this threat or a reason if status is N/A',
    'Provide mitigation or prevention for this threat',
    'Mitigation or prevention for the threat',
    'Geben Sie eine Beschreibung dieser Bedrohung an',
    'Geben Sie eine Korrekturmaßnahme für diese Bedrohung oder eine Begründung N/A an',
    'Introduzca una descripción para esta amenaza',
    'Introduzca la mitigación o prevención para esta amenaza',
    'Fournissez une description de cette menace',
    'Fournir des mesures de mitigation ou de prévention pour cette menace',
    'Forneça uma descrição para esta ameaça',
    'Forneça uma mitigação para esta ameaça ou a ração para o status N/A',
    'Berikan deskripsi untuk ancaman ini',
    'Berikan remediasi untuk ancaman ini atau alasan jika status adalah N/A',
    'Berikan penerangan bagi ancaman ini',
    'Berikan pemulihan untuk ancaman ini atau sebab jika status adalah T/A',
    'Anna kuvaus tälle uhkalle',
    'Anna uhkalle hallintakeino tai perustele miksi ei ole sovellettavissa (N/A)',
    'Παρέχετε μια περιγραφή για αυτή την απειλή',
    'Παρέχετε μετριασμό ή πρόληψη για αυτή την απειλή',
    '脅威の詳細を追記してください',
    '脅威の解決策を指定するか、ステータスがN/Aの場合に理由を指定してください',
    '为这种威胁提供一个描述',
    '为这种威胁提供缓解或预防措施',
    'इस खतरे के लिए एक विवरण प्रदान करें',
    'इस खतरे के लिए शमन या रोकथाम प्रदान करें',
    'اكتب وصفًا لهذا التهديد',
    'اكتب طرق مواجهة وتخفيف هذا التهديد أو السبب إذا كانت الحالة N/A',
  ].map(plain),
)

/** Whether a description or mitigation is the text Threat Dragon starts with. */
export function isDefaultText(text: string): boolean {
  return DEFAULTS.has(plain(text))
}

/** Whether a title is the one Threat Dragon starts with: "New STRIDE threat". */
export function isDefaultTitle(title: string): boolean {
  return /^new ([a-z0-9-]+ )?threat$/.test(plain(title))
}

function wordMap(rows: readonly string[], categories: readonly Category[]): ReadonlyMap<string, Category> {
  return new Map(rows.flatMap(row => row.split('|').map((word, i) => [plain(word), categories[i] as Category] as const)))
}

/** Case, apostrophes, hyphens and spaces aside. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[\s_-]+/g, ' ')
    .trim()
}
