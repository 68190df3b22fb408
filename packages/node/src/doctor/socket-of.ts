/** Host and port of a multiaddr that begins with them, such as /dns4/HOST/tcp/PORT/…; checked before by the option's type. */
export function socketOf(address: string): { readonly host: string; readonly port: number } {
  const [, , host = '', , port = ''] = address.split('/')
  return { host, port: Number(port) }
}
