import { controllerConfigOf, meshConfigOf } from '../../modelmesh/controller-config/controller-config';
import { SERVICE_LABEL } from '../../modelmesh/labels-and-annotations';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM418: Rule = {
  code: 'MM418',
  severity: Severity.ERROR,
  title: 'runtimePodLabels overrides a label by which Deployments find their pods',
  *check(set) {
    const { manifest, inferenceServiceName } = controllerConfigOf(set);
    if (manifest === undefined) return;
    for (const [key, value] of Object.entries(meshConfigOf(set).runtimePodLabels)) {
      if (key !== 'name' && key !== SERVICE_LABEL) continue;
      if (key === SERVICE_LABEL && value === inferenceServiceName) continue;
      yield {
        manifest,
        path: ['data', 'config.yaml'],
        message: `runtimePodLabels has the label ${quote(key)}: the selector of every runtime's Deployment no longer matches its pods, so no runtime is made or changed; remove it`,
      };
    }
  },
};
