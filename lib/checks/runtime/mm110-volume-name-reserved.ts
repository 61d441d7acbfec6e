import { controllerConfigOf } from '../../modelmesh/controller-config/controller-config';
import { RESERVED_VOLUMES, TLS_VOLUME } from '../../modelmesh/runtime/reserved';
import { reservedVolumes } from '../../modelmesh/runtime/validation';
import { entriesOf } from '../../modelmesh/runtime/runtimes';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM110: Rule = {
  code: 'MM110',
  severity: Severity.ERROR,
  title: 'a volume has a name that ModelMesh uses itself',
  check: (set) =>
    hitsInServed(set, (runtime) => {
      const hasTls = controllerConfigOf(set).tlsSecretName !== '';
      const volumes = entriesOf(runtime.manifest.list('spec', 'volumes'), ['spec', 'volumes']);
      return [
        ...reservedVolumes(runtime).map(({ path, value }) => ({
          path,
          message: `volume name ${quote(value)} is reserved for ModelMesh (${RESERVED_VOLUMES.join(', ')}, mm-*), which makes no pods: choose another`,
        })),
        ...volumes
          .filter(({ name }) => hasTls && name === TLS_VOLUME)
          .map(({ path, name }) => ({
            path: [...path, 'name'],
            message: `volume ${quote(name)} is replaced by ModelMesh's own with the certificate, without a word: choose another name`,
          })),
      ];
    }),
};
