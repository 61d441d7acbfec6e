/** The head of an object's YAML. */
export function head(kind: string, name: string, namespace: string, version = 'networking.istio.io/v1beta1'): string {
  return `---\napiVersion: ${version}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;
}

/** A VirtualService with the given HTTP routes, on one gateway, for all hosts. */
export function virtualService(routes: string, { name = 'vs', namespace = 'models', gateways = '[gw]', hosts = "['*']" } = {}): string {
  return `${head('VirtualService', name, namespace)}spec: { gateways: ${gateways}, hosts: ${hosts}, http: ${routes} }\n`;
}

/** A VirtualService with one route to a destination. */
export function routeTo(destination: string, options: Parameters<typeof virtualService>[1] = {}): string {
  return virtualService(`[{ route: [{ destination: ${destination} }] }]`, options);
}

/** An Istio Gateway with one server. */
export function gateway(port: number, protocol: string, { name = 'gw', namespace = 'models', hosts = "['*']" } = {}): string {
  return `${head('Gateway', name, namespace)}spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: ${port}, name: p, protocol: ${protocol} }, hosts: ${hosts} }] }\n`;
}

/** A DestinationRule. */
export function destinationRule(spec: string, { name = 'dr', namespace = 'models' } = {}): string {
  return `${head('DestinationRule', name, namespace)}spec: ${spec}\n`;
}

/** A Service with ports. */
export function service(name: string, ports: readonly number[], namespace = 'models'): string {
  return `${head('Service', name, namespace, 'v1')}spec: { ports: [${ports.map((port) => `{ name: p${port}, port: ${port} }`).join(', ')}] }\n`;
}

/** A namespace in which ModelMesh serves models. */
export function meshNamespace(name: string): string {
  return `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { modelmesh-enabled: 'true' } }\n`;
}
