import { type ManifestSet, perSet } from '../../manifests/manifest-set';

/** API group of the objects that only Alibaba Cloud Service Mesh (ASM) knows. */
export const ASM_GROUP = 'istio.alibabacloud.com';

/** API group of Istio's routing objects. */
export const ISTIO_GROUP = 'networking.istio.io';

/**
 * Whether the routes are for ASM; undefined when nothing says so.
 *
 * Without a stated platform an object of ASM's own group tells that it is ASM, and a version that ASM does not serve that it is not.
 */
export const isAsm = perSet((set): boolean | undefined => {
  if (set.options.platform !== undefined) return set.options.platform.hasAsmExtensions;
  if (set.all.some(({ group }) => group === ASM_GROUP)) return true;
  return set.all.some(({ apiVersion }) => apiVersion === `${ISTIO_GROUP}/v1`) ? false : undefined;
});

/** The platform's name in messages. */
export function platformName(set: ManifestSet): string {
  return set.options.platform?.name ?? 'Istio';
}
