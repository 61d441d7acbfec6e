import { validators } from '../../imports/validators.cjs';
import type { Manifest } from '../support/synth';

/** What our strict schemas say against the objects; kinds that every cluster knows have no schema here and are passed over. */
export function schemaFindings(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((manifest) => {
    const validate = validators[`${manifest.apiVersion}/${manifest.kind}`];
    if (validate === undefined || validate(manifest)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${manifest.kind} ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  });
}
