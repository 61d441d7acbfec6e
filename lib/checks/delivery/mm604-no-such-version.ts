import type { Manifest } from '../../manifests/manifest';
import { quote } from '../../values/problems';
import { isAsm } from '../routing/asm-platform';
import { type Rule, Severity } from '../rule';
import { ASM_VERSIONS, KNOWN_VERSIONS, MOVED } from './api-versions';

export const MM604: Rule = {
  code: 'MM604',
  severity: Severity.ERROR,
  title: 'a version of an object that no cluster serves',
  *check(set) {
    for (const [key, manifests] of set.byKind) {
      const wantedFor = (manifest: Manifest): string | undefined => newVersion(key, manifest, isAsm(set) === true);
      for (const manifest of manifests.filter((each) => wantedFor(each) !== undefined)) {
        yield {
          manifest,
          path: ['apiVersion'],
          message: `apiVersion ${quote(manifest.apiVersion)} of a ${manifest.kind} is served by no current release, so it cannot be applied: write ${wantedFor(manifest)}`,
        };
      }
    }
  },
};

/** @param key the group and the kind of the manifest */
function newVersion(key: string, { group, apiVersion }: Manifest, isForAsm: boolean): string | undefined {
  const moved = MOVED.get(key);
  if (moved !== undefined) return moved;
  const served = KNOWN_VERSIONS.get(key);
  if (served === undefined || apiVersion === '' || served.includes(apiVersion.slice(apiVersion.indexOf('/') + 1))) return undefined;
  const version = (isForAsm ? ASM_VERSIONS.get(key)?.[0] : undefined) ?? served[0]!;
  return group === '' ? version : `${group}/${version}`;
}
