import { type App, Chart, Size } from 'cdk8s';
import { InferenceGateway } from '../../lib/gateway/inference-gateway';
import { ModelMesh } from '../../lib/mesh/model-mesh';
import { ModelRouting } from '../../lib/routing/model-routing';
import { ServingRuntime } from '../../lib/runtime/serving-runtime';
import { ModelVolume } from '../../lib/storage/model-volume';
import { ModelMeshApp } from '../../lib/synth/app';
import { ModelFormat } from '../../lib/values/model-format';
import { schemaFindings } from '../runtime/schema-findings';
import { manifestsOf, type Manifest } from '../support/synth';

/** A mesh with a runtime, a volume, a model and a gateway of its own. All names but those of the namespace and the port are the usual. */
class Mesh extends Chart {
  public constructor(app: App, namespace: string, port: number) {
    super(app, namespace);
    const mesh = new ModelMesh(this, 'mesh', { namespace });
    mesh.addRuntime(ServingRuntime.mlserver(this, 'mlserver'));
    const volume = new ModelVolume(this, 'models', { claimName: 'models', size: Size.gibibytes(1), uploader: true });
    mesh.addModel('mnist', { format: ModelFormat.SKLEARN, source: volume.at('mnist.joblib') });
    new InferenceGateway(this, 'gateway', { mesh, port, routing: ModelRouting.asmDynamicSubset() });
  }
}

const identity = ({ apiVersion, kind, metadata }: Manifest): string => [apiVersion, kind, metadata.namespace, metadata.name].join(' ');

/** Two meshes in one app. */
function synth(ports: readonly [number, number]): { app: ModelMeshApp; objects: Manifest[] } {
  const app = new ModelMeshApp();
  const charts = [new Mesh(app, 'team-a', ports[0]), new Mesh(app, 'team-b', ports[1])];
  return { app, objects: charts.flatMap(manifestsOf) };
}

describe('several meshes in one app', () => {
  it('have no object in common, behind one ingress gateway', () => {
    const { app, objects } = synth([8008, 8009]);
    expect(objects).toHaveLength(24);
    expect(new Set(objects.map(identity)).size).toBe(24);
    expect(schemaFindings(objects)).toEqual([]);
    expect(app.synthYaml().match(/^apiVersion: /gm)).toHaveLength(24);
  });

  it('have each their own namespace, and the namespace of the ingress gateway', () => {
    const namespaces = synth([8008, 8009]).objects.map(({ metadata }) => metadata.namespace);
    expect([...new Set(namespaces)].sort()).toEqual(['istio-system', 'team-a', 'team-b', undefined]);
  });

  it('need a port each: the objects for one port are refused as the same', () => {
    const { app, objects } = synth([8008, 8008]);
    const names = objects.map(identity);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([
      'istio.alibabacloud.com/v1beta1 ASMGrpcJsonTranscoder istio-system grpcjsontranscoder-for-kservepredictv2',
      'networking.istio.io/v1alpha3 EnvoyFilter istio-system grpcjsontranscoder-increasebufferlimit',
      'networking.istio.io/v1alpha3 EnvoyFilter istio-system modelmesh-inference-only',
    ]);
    expect(() => app.synthYaml()).toThrow("EnvoyFilter 'modelmesh-inference-only' in namespace 'istio-system' is declared by 'team-a/");
  });
});
