import type { ListedFormat, RuntimeOffer } from './labels';

/**
 * The ClusterServingRuntimes that ModelMesh 0.12 installs.
 *
 * Source: `config/runtimes/` of kserve/modelmesh-serving.
 */
export const SHIPPED_RUNTIMES: readonly ShippedRuntime[] = [
  {
    name: 'mlserver-1.x',
    serverType: 'mlserver',
    formats: [selected('sklearn', '0'), selected('xgboost', '1'), selected('lightgbm', '3')],
    protocolVersions: ['grpc-v2'],
  },
  {
    name: 'ovms-1.x',
    serverType: 'ovms',
    formats: [selected('openvino_ir', 'opset1'), onlyListed('onnx', '1')],
    protocolVersions: ['grpc-v1'],
  },
  { name: 'torchserve-0.x', serverType: 'torchserve', formats: [selected('pytorch-mar', '0')], protocolVersions: [] },
  {
    name: 'triton-2.x',
    serverType: 'triton',
    formats: [
      selected('keras', '2'),
      selected('onnx', '1'),
      selected('pytorch', '1'),
      selected('tensorflow', '1'),
      selected('tensorflow', '2'),
      selected('tensorrt', '7'),
      onlyListed('sklearn', '0'),
      onlyListed('xgboost', '1'),
      onlyListed('lightgbm', '3'),
    ],
    protocolVersions: ['grpc-v2'],
  },
];

/** One of ModelMesh's own runtimes. */
export interface ShippedRuntime extends RuntimeOffer {
  /** The server behind its built-in adapter. */
  readonly serverType: string;
}

function selected(name: string, version: string): ListedFormat {
  return { name, version, autoSelect: true };
}

function onlyListed(name: string, version: string): ListedFormat {
  return { name, version, autoSelect: false };
}
