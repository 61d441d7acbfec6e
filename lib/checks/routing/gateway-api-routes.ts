import { type FieldPath, type Fields, numberAt, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { type ManifestSet, perSet } from '../../manifests/manifest-set';
import { entries } from './istio-routes';
import type { ServiceName } from './known-services';

/** API group of the Gateway API. */
export const GATEWAY_API = 'gateway.networking.k8s.io';

/** A backend of a route. */
export interface Backend {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly fields: Fields;
  /** Undefined when it is no Service. */
  readonly service?: ServiceName;
  readonly port?: number;
}

/** A Gateway that a route names as its parent. */
export interface ParentReference {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly namespace: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
  /** The Gateway, if the manifests hold it. */
  readonly gateway?: Manifest;
}

/** The HTTPRoutes and GRPCRoutes of the manifests. */
export const gatewayRoutesOf = perSet((set): readonly Manifest[] => [
  ...set.ofKind(GATEWAY_API, 'HTTPRoute'),
  ...set.ofKind(GATEWAY_API, 'GRPCRoute'),
]);

/** The backends of all routes, those of mirrors with them. */
export const backendsOf = perSet((set): readonly Backend[] =>
  gatewayRoutesOf(set).flatMap((manifest) => entries(manifest.fields, ['spec', 'rules']).flatMap((rule) => backendsIn(manifest, rule))),
);

/** The backends of one rule of a route. */
export function backendsIn(manifest: Manifest, rule: { readonly path: FieldPath; readonly fields: Fields }): Backend[] {
  const refs = entries(rule.fields, ['backendRefs']);
  const filters = [rule, ...refs.map((ref) => ({ path: [...rule.path, ...ref.path], fields: ref.fields }))].flatMap((holder) =>
    entries(holder.fields, ['filters']).map((filter) => ({ ...filter, path: [...holder.path, ...filter.path] })),
  );
  const mirrors = filters.flatMap(({ path, fields }) => {
    const mirror = fields['requestMirror'];
    const way = [...path, 'requestMirror', 'backendRef'];
    return textAt(mirror, 'backendRef', 'name') === undefined ? [] : [{ path: way, fields: (mirror as { backendRef: Fields }).backendRef }];
  });
  return [...refs.map(({ path, fields }) => ({ path: [...rule.path, ...path], fields })), ...mirrors].map(({ path, fields }) => ({
    manifest,
    path,
    fields,
    service: serviceOf(manifest, fields),
    port: numberAt(fields, 'port'),
  }));
}

function serviceOf(manifest: Manifest, fields: Fields): ServiceName | undefined {
  const name = textAt(fields, 'name');
  if (name === undefined || (textAt(fields, 'group') ?? '') !== '' || (textAt(fields, 'kind') ?? 'Service') !== 'Service') return undefined;
  return { namespace: textAt(fields, 'namespace') ?? manifest.namespace, name };
}

/** The Gateways that routes name as parents; parents of other kinds are left out. */
export const parentsOf = perSet((set): readonly ParentReference[] => gatewayRoutesOf(set).flatMap((manifest) => parentsIn(set, manifest)));

/** The parents of one route. */
function parentsIn(set: ManifestSet, manifest: Manifest): ParentReference[] {
  return entries(manifest.fields, ['spec', 'parentRefs']).flatMap(({ path, fields }) => {
    const name = textAt(fields, 'name');
    if (
      name === undefined ||
      (textAt(fields, 'group') ?? GATEWAY_API) !== GATEWAY_API ||
      (textAt(fields, 'kind') ?? 'Gateway') !== 'Gateway'
    )
      return [];
    const namespace = textAt(fields, 'namespace') ?? manifest.namespace;
    return [
      {
        manifest,
        path,
        namespace,
        name,
        sectionName: textAt(fields, 'sectionName'),
        port: numberAt(fields, 'port'),
        gateway: set.find(GATEWAY_API, 'Gateway', namespace, name),
      },
    ];
  });
}

/** The listeners of a Gateway that a parent reference means: those of its section and port. */
export function listenersOfParent({ gateway, sectionName, port }: ParentReference): { path: FieldPath; fields: Fields }[] {
  return entries(gateway?.fields, ['spec', 'listeners']).filter(
    ({ fields }) =>
      (sectionName === undefined || textAt(fields, 'name') === sectionName) && (port === undefined || numberAt(fields, 'port') === port),
  );
}

/** Whether listeners beside those of the Gateway itself may be attached to it. */
export function takesListenerSets(gateway: Manifest): boolean {
  return gateway.value('spec', 'allowedListeners') !== undefined;
}
