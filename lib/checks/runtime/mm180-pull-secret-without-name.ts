import { textAt } from '../../manifests/fields';
import { type Rule, Severity } from '../rule';
import { hitsInServed } from './runtime-hits';

export const MM180: Rule = {
  code: 'MM180',
  severity: Severity.ERROR,
  title: 'an image pull secret without a name',
  check: (set) =>
    hitsInServed(set, ({ manifest }) =>
      manifest.list('spec', 'imagePullSecrets').flatMap((secret, index) =>
        (textAt(secret, 'name') ?? '') !== ''
          ? []
          : [
              {
                path: ['spec', 'imagePullSecrets', index],
                message: `spec.imagePullSecrets[${index}] names no Secret: the controller makes the Deployment once and can change it never again; set its name, or remove it`,
              },
            ],
      ),
    ),
};
