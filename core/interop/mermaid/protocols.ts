const KNOWN: ReadonlySet<string> = new Set(
  (
    'http https tls mtls ssl tcp udp ip grpc rest graphql soap sql jdbc odbc tds amqp amqps mqtt mqtts kafka ws wss websocket ' +
    'websockets ssh sftp ftp ftps smtp smtps imap pop3 ldap ldaps oauth oauth2 oidc saml kerberos nats redis rpc ipc dns dhcp ntp ' +
    'vpn ipsec wireguard modbus opc ble bluetooth nfc usb wifi snmp syslog rdp smb nfs quic http2 http3 webrtc rtsp sse'
  ).split(' '),
)

/** `order (HTTPS)` is a name and a protocol, `order (cached)` is a name: only known protocols are taken out of a label. */
export function splitLabel(label: string): { readonly name: string; readonly protocol?: string } {
  const [, name, inner = ''] = /^(\S.{0,2000}?)\s{0,3}\(([^()]{1,200})\)$/.exec(label) ?? []
  const words = inner.toLowerCase().split(/[\s/,+&]+/)
  const isKnown = words.every(word => KNOWN.has(word) || /^v?[\d.]+$/.test(word)) && words.some(word => KNOWN.has(word))
  return name !== undefined && isKnown ? { name, protocol: inner.trim() } : { name: label }
}
