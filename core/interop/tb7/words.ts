/**
 * Words by which people who draw elsewhere call what a stencil stands for. Every stencil answers to its own name; here is only
 * what that name leaves out, for the stencils of the public templates.
 */
const ALSO: Readonly<Record<string, string>> = {
  'web server': 'nginx|Apache|Apache httpd|IIS|Caddy|Tomcat',
  'web application': 'web app|website|web site|web portal',
  'web service': 'REST API|SOAP|web API',
  'web api': 'REST API|API server|API service',
  'external web service': 'REST API|SOAP|web API',
  browser: 'web browser|Chrome|Firefox|Safari|Edge',
  'browser client': 'browser|web browser|single-page application|SPA',
  'browser and activex plugins': 'browser extension|browser plugin|ActiveX',
  'mobile client': 'mobile app|mobile application|Android|iOS|iPhone',
  'thick client': 'desktop client|desktop app|desktop application',
  'virtual machine': 'VM|EC2',
  'authorization provider': 'authorization server|OAuth|OpenID Connect|identity provider|IdP|SSO',
  'identity server': 'IdentityServer|identity provider|IdP|Keycloak',
  adfs: 'Active Directory Federation Services',
  'azure ad': 'Azure Active Directory|Microsoft Entra ID|Entra ID|AAD',
  'sql database': 'SQL|PostgreSQL|Postgres|MySQL|MariaDB|SQLite|Oracle|MSSQL',
  database: 'SQL|PostgreSQL|Postgres|MySQL|MariaDB|SQLite|Oracle|MSSQL',
  'non relational database': 'NoSQL|MongoDB|DynamoDB|Cassandra|CouchDB|Firestore',
  'azure sql database': 'Azure SQL|Azure SQL DB',
  'azure sql data warehouse database': 'Azure SQL Data Warehouse|Azure Synapse|Azure SQL DW',
  'azure database for mysql': 'Azure MySQL',
  'azure database for postgresql': 'Azure PostgreSQL|Azure Postgres',
  'azure cosmos db': 'Cosmos DB|CosmosDB|DocumentDB',
  'azure redis cache': 'Azure Cache for Redis|Azure Redis',
  'azure storage': 'Azure Blob|Azure Blob Storage|Azure Files|Azure File Storage|Azure Table Storage|Azure Queue Storage',
  'azure key vault': 'Key Vault',
  'azure event hub': 'Azure Event Hubs|Event Hub|Event Hubs',
  'azure data explorer': 'Kusto',
  'azure logic apps': 'Azure Logic App|Logic App|Logic Apps',
  'azure app service web app': 'Azure Web App|Azure App Service',
  'azure app service api app': 'Azure API App',
  'azure app service mobile app': 'Azure Mobile App',
  'cloud storage': 'S3|object storage|blob storage',
  'file system': 'filesystem|NTFS|NFS',
  cache: 'Redis|Memcached',
  'configuration file': 'config file|configuration',
  'html5 local storage': 'local storage|localStorage',
  cookies: 'cookie',
  'iot device': 'IoT',
  'dicom tls': 'DICOM over TLS',
  canbus: 'CAN bus|CAN',
  'syslog server': 'syslog',
  pacs: 'picture archiving and communication system',
  'third party emr interface': 'EMR|electronic medical record|EHR',
  'ethernet frames': 'Ethernet',
  'corpnet trust boundary': 'CorpNet|corporate network|company network',
  'sandbox trust boundary border': 'sandbox',
  'appcontainer boundary': 'AppContainer',
  'user mode or kernel mode boundary': 'kernel mode|kernel',
  'machine trust boundary': 'machine boundary',
  'internet boundary': 'internet',
  'service fabric trust boundary': 'Service Fabric',
  'azure iaas vm trust boundary': 'Azure IaaS VM',
  'azure trust boundary': 'Azure subscription',
}

/** Words that mean one of these stencils, each once. */
export function wordsFor(names: readonly string[]): readonly string[] {
  const words = names.flatMap(name => [name, ...(alsoOf(name)?.split('|') ?? [])])
  const seen = new Set<string>()
  return words.filter(word => !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()))
}

function alsoOf(name: string): string | undefined {
  const key = name.toLowerCase()
  return Object.hasOwn(ALSO, key) ? ALSO[key] : undefined
}
