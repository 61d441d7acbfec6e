import { fieldText } from '../../manifests/fields';
import { servicePortsOf } from '../../modelmesh/controller-config/service-ports';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { backendsOf } from './gateway-api-routes';
import { serviceAt } from './known-services';

export const MM566: Rule = {
  code: 'MM566',
  severity: Severity.ERROR,
  title: 'gRPC requests go to the REST proxy of ModelMesh',
  *check(set) {
    const { rest, grpc } = servicePortsOf(set);
    for (const { manifest, path, service, port } of backendsOf(set)) {
      if (manifest.kind !== 'GRPCRoute' || port === undefined || port !== rest || serviceAt(set, service)?.isMesh !== true) continue;
      yield {
        manifest,
        path: [...path, 'port'],
        message: `${fieldText(path)}.port ${quote(port)} is that of the REST proxy, which speaks HTTP/1.1 and no gRPC: use ${grpc}`,
      };
    }
  },
};
