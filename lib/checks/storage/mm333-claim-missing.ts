import { findClaim, mountedClaimsOf } from '../../modelmesh/storage/claims';
import { type Rule, Severity } from '../rule';
import { existingOption, shownName } from './shown';

export const MM333: Rule = {
  code: 'MM333',
  severity: Severity.ERROR,
  title: 'a claim that models are on is missing',
  *check(set) {
    for (const { name, namespace, manifest, path, entryKey } of mountedClaimsOf(set)) {
      if (findClaim(set, namespace.name, name).kind !== 'nowhere') continue;
      const effect =
        entryKey === undefined
          ? 'ModelMesh does not mount it, and loading fails'
          : 'every runtime pod of the namespace mounts it and stays Pending';
      yield {
        manifest,
        path,
        message: `claim ${shownName(namespace.name, name)} is missing: ${effect}; declare the PersistentVolumeClaim, or say that others make it (${existingOption('PersistentVolumeClaim', namespace.name, name)})`,
      };
    }
  },
};
