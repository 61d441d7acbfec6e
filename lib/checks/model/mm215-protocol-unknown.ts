import { MissReason, unservedFor } from '../../modelmesh/matching/explanation';
import { listText, runtimeTitle } from '../../modelmesh/matching/explanation-texts';
import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM215: Rule = {
  code: 'MM215',
  severity: Severity.ERROR,
  title: 'a protocol version that no runtime of the format lists keeps a model from being loaded',
  *check(set) {
    for (const { manifest, type, typePaths, misses } of unservedFor(set, MissReason.PROTOCOL)) {
      const { runtime } = misses[0]!;
      const listed = runtime.offer.protocolVersions.map(quote);
      const proxy =
        type.protocolVersion === 'v2' && !controllerConfigOf(set).isRestProxyEnabled
          ? "; 'v2' comes with the REST proxy, which is off"
          : '';
      yield {
        manifest,
        path: typePaths.protocolVersion,
        message: `protocolVersion ${quote(type.protocolVersion)} is not among the protocolVersions of ${runtimeTitle(runtime)} (${listed.length === 0 ? 'none' : listText(listed)})${proxy}: the model is never loaded; remove it, or write one that the runtime lists`,
      };
    }
  },
};
