import { isFields } from '../../manifests/fields';
import { controllerConfigOf, controllerSettingsOf } from '../../modelmesh/controller-config/controller-config';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM437: Rule = {
  code: 'MM437',
  severity: Severity.ERROR,
  title: 'an entry in the configuration of ModelMesh without a usable name',
  *check(set) {
    const { manifest } = controllerConfigOf(set);
    if (manifest === undefined) return;
    for (const field of ['internalModelMeshEnvVars', 'imagePullSecrets']) {
      const written = controllerSettingsOf(set)[field.toLowerCase()];
      // A map in place of the list is taken for a list of that one entry; an empty one is none.
      const entries: readonly unknown[] = Array.isArray(written)
        ? written
        : isFields(written) && Object.keys(written).length > 0
          ? [written]
          : [];
      for (const [index, entry] of entries.entries()) {
        const name = nameOf(entry);
        if (name !== '' && !name.includes('=')) continue;
        const what = name === '' ? 'has no name' : `has the name ${quote(name)}, and '=' is not allowed in it`;
        yield {
          manifest,
          path: ['data', 'config.yaml'],
          message: `${field}[${index}] ${what}: no runtime gets a Deployment, or a change to one; write it as "name: NAME"`,
        };
      }
    }
  },
};

// Keys inside of lists keep their case, but are compared without it.
function nameOf(entry: unknown): string {
  if (!isFields(entry)) return '';
  const name = Object.entries(entry).find(([key]) => key.toLowerCase() === 'name')?.[1];
  return name === undefined || name === null ? '' : String(name);
}
