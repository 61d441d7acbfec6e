import { type ModelStorage, modelStoragesOf } from '../../modelmesh/storage/resolution';
import { hasFields, textAt } from '../../manifests/fields';
import { credentialInUrlProblem, credentialProblems } from '../../storage/credential-guard';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

const REMEDY =
  'everybody who may read InferenceServices reads it too; keep it in an entry of the storage Secret and name that with storage.key';

export const MM341: Rule = {
  code: 'MM341',
  severity: Severity.ERROR,
  title: 'a credential in an InferenceService',
  *check(set) {
    for (const { manifest, spec, uri, location, ownParameters } of modelStoragesOf(set).filter(saysWhere)) {
      // Before the @ of an Azure URI such as abfs:// is a container.
      const isAzure = location?.kind === 'other-scheme' && /^(abfs|wasb)s?$/.test(location.detail ?? '');
      if (uri !== undefined && !isAzure && credentialInUrlProblem('', uri) !== undefined) {
        yield { manifest, path: [...spec, 'storageUri'], message: `storageUri holds a password or a signature: ${REMEDY}` };
      }
      for (const name in ownParameters) {
        if (credentialProblems({ [name]: textAt(ownParameters, name) ?? '' }).length === 0) continue;
        const path = [...spec, 'storage', 'parameters', name];
        yield { manifest, path, message: `storage parameter ${quote(name)} holds a credential: ${REMEDY}` };
      }
    }
  },
};

function saysWhere({ uri, ownParameters }: ModelStorage): boolean {
  return uri !== undefined || hasFields(ownParameters);
}
