import { splitSocketsOf } from '../../modelmesh/runtime/endpoints';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM104: Rule = {
  code: 'MM104',
  severity: Severity.ERROR,
  title: 'the two sockets of a runtime are in different folders',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const [management, data] = splitSocketsOf(runtime) ?? [];
      // One that is no socket at all is another mistake.
      if (management === undefined || data === undefined || ![management, data].every(({ text }) => text.startsWith('unix:'))) return [];
      return [
        {
          path: data.path,
          message: `spec.grpcDataEndpoint ${quote(data.text)} is in folder ${quote(data.folder)} and spec.grpcEndpoint in ${quote(management.folder)}; ModelMesh mounts one folder for sockets and makes no pods: put both sockets into the same folder`,
        },
      ];
    }),
};
