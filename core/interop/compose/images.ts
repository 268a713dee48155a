/** A store that people run from a public image. */
export type Store = {
  readonly title: string
  /** What it speaks on its usual port. */
  readonly protocol: string
  readonly port: number
  /** Whether tags of the image are versions of the product; of some they are those of a distribution or an extension. */
  readonly isVersioned: boolean
}

type Row = readonly [names: string, title: string, protocol: string, port: number]

/** Names are last parts of image names; one with a slash is the last two; one with a tilde has tags that are no versions. Brokers and caches hold data at rest as databases do. */
const ROWS: readonly Row[] = [
  ['postgres postgresql ~postgis ~pgvector', 'PostgreSQL', 'PostgreSQL', 5432],
  ['timescaledb timescaledb-ha', 'TimescaleDB', 'PostgreSQL', 5432],
  ['cockroach', 'CockroachDB', 'PostgreSQL', 26257],
  ['mysql mysql-server', 'MySQL', 'MySQL', 3306],
  ['mariadb mariadb-galera', 'MariaDB', 'MySQL', 3306],
  ['percona percona-server', 'Percona Server', 'MySQL', 3306],
  ['mssql/server ~azure-sql-edge', 'Microsoft SQL Server', 'TDS', 1433],
  ['oracle-xe oracle-free database/free database/express', 'Oracle Database', 'Oracle Net', 1521],
  ['mongo mongodb mongodb-community-server percona-server-mongodb', 'MongoDB', 'MongoDB', 27017],
  ['redis ~redis-stack ~redis-stack-server', 'Redis', 'Redis', 6379],
  ['valkey', 'Valkey', 'Redis', 6379],
  ['keydb', 'KeyDB', 'Redis', 6379],
  ['dragonfly', 'Dragonfly', 'Redis', 6379],
  ['memcached', 'Memcached', 'Memcached', 11211],
  ['rabbitmq', 'RabbitMQ', 'AMQP', 5672],
  ['kafka ~cp-kafka ~cp-server kafka-native', 'Apache Kafka', 'Kafka', 9092],
  ['redpanda', 'Redpanda', 'Kafka', 9092],
  ['zookeeper ~cp-zookeeper', 'Apache ZooKeeper', 'ZooKeeper', 2181],
  ['nats', 'NATS', 'NATS', 4222],
  ['activemq activemq-classic activemq-artemis', 'Apache ActiveMQ', 'OpenWire', 61616],
  ['eclipse-mosquitto mosquitto', 'Mosquitto', 'MQTT', 1883],
  ['etcd', 'etcd', 'gRPC', 2379],
  ['elasticsearch', 'Elasticsearch', 'HTTP', 9200],
  ['opensearch', 'OpenSearch', 'HTTP', 9200],
  ['solr', 'Apache Solr', 'HTTP', 8983],
  ['meilisearch', 'Meilisearch', 'HTTP', 7700],
  ['typesense', 'Typesense', 'HTTP', 8108],
  ['qdrant', 'Qdrant', 'HTTP', 6333],
  ['weaviate', 'Weaviate', 'HTTP', 8080],
  ['chroma', 'Chroma', 'HTTP', 8000],
  ['milvus', 'Milvus', 'gRPC', 19530],
  ['neo4j', 'Neo4j', 'Bolt', 7687],
  ['arangodb', 'ArangoDB', 'HTTP', 8529],
  ['surrealdb', 'SurrealDB', 'HTTP', 8000],
  ['cassandra', 'Apache Cassandra', 'CQL', 9042],
  ['scylla', 'ScyllaDB', 'CQL', 9042],
  ['couchdb', 'Apache CouchDB', 'HTTP', 5984],
  ['couchbase', 'Couchbase', 'HTTP', 8091],
  ['influxdb', 'InfluxDB', 'HTTP', 8086],
  ['clickhouse clickhouse-server', 'ClickHouse', 'HTTP', 8123],
  ['dynamodb-local', 'DynamoDB Local', 'HTTP', 8000],
  ['minio', 'MinIO', 'S3', 9000],
  ['azurite', 'Azurite', 'HTTP', 10000],
]

const STORES: ReadonlyMap<string, Store> = new Map(
  ROWS.flatMap(([names, title, protocol, port]) =>
    names.split(' ').map(name => [name.replace('~', ''), { title, protocol, port, isVersioned: !name.startsWith('~') }] as const),
  ),
)

/** An image by its reference: where it stands in the table, and how it is written without what variables would fill in. */
export type Image = { readonly reference: string; readonly tag: string | undefined; readonly store: Store | undefined }

/** Registry, path, name, tag and digest as references are written; anything else may be more than a name and is not kept. */
const REFERENCE = /^((?:[a-z0-9.-]+(?::\d{1,5})?\/)?[a-z0-9._/-]+)(?::([\w][\w.-]{0,127}))?(?:@sha256:[0-9a-f]{64})?$/i

/** Reads a reference of at most 400 characters; nothing when it is none. */
export function imageOf(text: string): Image | undefined {
  const [, path, tag] = (text.length <= 400 && REFERENCE.exec(text)) || []
  if (path === undefined) return undefined
  const parts = path.toLowerCase().split('/')
  const store = STORES.get(parts.slice(-2).join('/')) ?? STORES.get(parts.at(-1) ?? '')
  return { reference: text, tag, store }
}
