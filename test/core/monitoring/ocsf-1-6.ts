/**
 * What OCSF 1.6.0 says of class API Activity and of the objects we fill: names, what is required, and of which at least one must be
 * there. Read from the published schema (events/base_event, events/application/api_activity, objects/*), without the profiles.
 */
export type OcsfObject = {
  readonly attributes: readonly string[]
  readonly required: readonly string[]
  readonly atLeastOne: readonly string[]
  /** Attributes that are objects themselves. */
  readonly objects: Readonly<Record<string, string>>
}

const names = (text: string): readonly string[] => text.split(' ').filter(name => name !== '')

function object(attributes: string, required = '', atLeastOne = '', objects: Readonly<Record<string, string>> = {}): OcsfObject {
  return { attributes: names(attributes), required: names(required), atLeastOne: names(atLeastOne), objects }
}

export const OCSF: Readonly<Record<string, OcsfObject>> = {
  api_activity: object(
    'activity_id activity_name actor api category_name category_uid class_name class_uid count dst_endpoint duration end_time enrichments http_request http_response message metadata observables raw_data raw_data_hash raw_data_size resources severity severity_id src_endpoint start_time status status_code status_detail status_id time timezone_offset type_name type_uid unmapped',
    'activity_id actor api category_uid class_uid metadata severity_id src_endpoint time type_uid',
    '',
    { actor: 'actor', api: 'api', metadata: 'metadata', src_endpoint: 'network_endpoint', dst_endpoint: 'network_endpoint' },
  ),
  actor: object(
    'app_name app_uid authorizations idp invoked_by process session user',
    '',
    'process user invoked_by session app_name app_uid',
    { user: 'user' },
  ),
  user: object(
    'account credential_uid display_name domain email_addr forward_addr full_name groups has_mfa ldap_person name org phone_number programmatic_credentials risk_level risk_level_id risk_score type type_id uid uid_alt',
    '',
    'account name uid',
  ),
  api: object('group operation request response service version', 'operation'),
  metadata: object(
    'correlation_uid debug event_code extension extensions is_truncated labels log_level log_name log_provider log_version logged_time loggers modified_time original_time processed_time product profiles sequence tags tenant_uid transformation_info_list uid untruncated_size version',
    'product version',
    '',
    { product: 'product' },
  ),
  product: object('cpe_name feature lang name path uid url_string vendor_name version', '', 'name uid'),
  network_endpoint: object(
    'agent_list autonomous_system domain hostname hw_info instance_uid interface_name interface_uid intermediate_ips ip isp isp_org location mac name os owner port proxy_endpoint subnet_uid svc_name type type_id uid vlan_uid vpc_uid zone',
    '',
    'ip uid name hostname svc_name instance_uid interface_uid interface_name domain',
  ),
}

/** Values of the enumerations that we fill. */
export const OCSF_VALUES: Readonly<Record<string, readonly number[]>> = {
  class_uid: [6003],
  category_uid: [6],
  activity_id: [0, 1, 2, 3, 4, 99],
  severity_id: [0, 1, 2, 3, 4, 5, 6, 99],
  status_id: [0, 1, 2, 99],
}

/** What an event does against the schema; empty where nothing. */
export function ocsfFaults(value: unknown, name = 'api_activity', at = ''): readonly string[] {
  const rules = OCSF[name]
  if (!rules || typeof value !== 'object' || value === null) return [`${at} is no ${name}`]
  const keys = Object.keys(value)
  const within = (key: string) => (value as Readonly<Record<string, unknown>>)[key]
  return [
    ...keys.filter(key => !rules.attributes.includes(key)).map(key => `${at}${key} is unknown to ${name}`),
    ...rules.required.filter(key => within(key) === undefined).map(key => `${at}${key} is required`),
    ...(rules.atLeastOne.length === 0 || rules.atLeastOne.some(key => within(key) !== undefined) ? [] : [`${at} has nothing`]),
    ...keys
      .filter(key => OCSF_VALUES[key] && !OCSF_VALUES[key].includes(within(key) as number))
      .map(key => `${at}${key} has no known value`),
    ...keys.flatMap(key => (rules.objects[key] ? ocsfFaults(within(key), rules.objects[key], `${at}${key}.`) : [])),
  ]
}
