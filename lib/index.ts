export { Checks } from './checks/checks';
export { type Finding } from './checks/finding';
export { Severity } from './checks/rule';
export { ArgoCdDelivery, type ArgoCdDeliveryOptions, type ArgoCdDeliveryProps } from './gitops/argo-cd-delivery';
export { ArgoCdDestination } from './gitops/argo-cd-destination';
export { DestinationSplit, type DestinationSplitProps } from './gitops/destination-split';
export { FluxDelivery, type FluxDeliveryOptions, type FluxDeliveryProps } from './gitops/flux-delivery';
export { InferenceGateway, type InferenceGatewayProps } from './gateway/inference-gateway';
export { type GatewayWorkload } from './gateway/gateway-workload';
export { GatewayTls, TlsVersion, type MutualTlsProps, type SimpleTlsProps } from './gateway/gateway-tls';
export { JsonTranscoding, type AsmTranscodingProps, type IstioTranscodingProps } from './gateway/json-transcoding';
export { ModelNaming, type CheckedNamingProps } from './gateway/model-naming';
export { RetryCondition, type RequestRetries } from './gateway/request-limits';
export { type GatewayAccess } from './load-test/gateway-access';
export { type PayloadInput } from './load-test/generated-payload';
export { InferencePayload } from './load-test/inference-payload';
export { LoadTest, type LoadTestModel, type LoadTestProps } from './load-test/load-test';
export { TensorDatatype } from './load-test/tensor-datatype';
export {
  ModelExplanation,
  RuntimeVerdict,
  type ModelExplanationProps,
  type RuntimeExplanation,
  type StorageExplanation,
} from './mesh/model-explanation';
export { ModelMesh, type ModelMeshProps } from './mesh/model-mesh';
export { Model, type ModelOptions, type ModelProps } from './model/model';
export { type LabellerMonitor } from './placement-labeller/labeller-monitoring';
export { PlacementLabeller, type PlacementLabellerProps } from './placement-labeller/placement-labeller';
export { SubsetFallback, SubsetLoadBalancing, type AsmDynamicSubsetProps, type AsmSubsetKey } from './routing/asm-dynamic-subset';
export { HashAlgorithm, type ConsistentHashProps } from './routing/consistent-hash';
export { type GatewayApiRoutingProps } from './routing/gateway-api';
export { GatewayApiRouteKind } from './routing/gateway-api-routes';
export { type HolderFirstProps } from './routing/holder-first';
export { ModelRouting } from './routing/model-routing';
export { type RuntimeSubsetProps } from './routing/runtime-subset';
export { UnknownModels } from './routing/unknown-models';
export { EnvVariable } from './runtime/env-variable';
export { BuiltInServer, RuntimeAdapter, type BuiltInAdapterProps } from './runtime/runtime-adapter';
export {
  type RuntimeContainer,
  type RuntimePort,
  type RuntimeProbe,
  type RuntimeResources,
  type RuntimeToleration,
  type RuntimeVolume,
  type RuntimeVolumeMount,
} from './runtime/runtime-container';
export { ServingRuntime, type IServingRuntime } from './runtime/serving-runtime';
export {
  AutoscalingMetric,
  type BuiltInRuntimeOptions,
  type RuntimeAutoscaling,
  type ServingRuntimeOptions,
  type ServingRuntimeProps,
  type SupportedFormat,
} from './runtime/serving-runtime-props';
export { SmokeTest, type SmokeTestProps } from './smoke-test/smoke-test';
export {
  ModelSource,
  type AzureSourceProps,
  type GcsSourceProps,
  type HttpSourceProps,
  type ModelSourceOptions,
  type S3SourceProps,
  type StorageEntrySourceProps,
} from './storage/model-source';
export { ModelVolume, type IModelVolume, type ModelVolumeProps } from './storage/model-volume';
export { StorageConfig, type StorageConfigProps } from './storage/storage-config';
export { VolumeUploader, type VolumeUploaderOptions } from './storage/volume-uploader';
export { ModelMeshApp, type ModelMeshAppProps } from './synth/app';
export { MeshPlatform, type GatewayApiPlatformProps } from './values/mesh-platform';
export { ModelFormat } from './values/model-format';
export { ProtocolVersion } from './values/protocol-version';
export { RuntimeEndpoint } from './values/runtime-endpoint';
