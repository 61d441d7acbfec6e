import { ModelFormat } from '../values/model-format';
import type { EnvVariable } from './env-variable';
import { RuntimeAdapter, type BuiltInServer } from './runtime-adapter';
import type { RuntimeContainer } from './runtime-container';
import type { BuiltInRuntimeOptions, ServingRuntimeProps, SupportedFormat } from './serving-runtime-props';

/** What one of ModelMesh's built-in runtimes is made of; `config/runtimes/` of kserve/modelmesh-serving has the upstream manifests. */
export interface BuiltInRuntime extends Pick<
  ServingRuntimeProps,
  'runtimeName' | 'formats' | 'protocolVersions' | 'dataEndpoint' | 'maxLoadingConcurrency'
> {
  readonly server: BuiltInServer;
  readonly managementPort: number;
  readonly container: Omit<RuntimeContainer, 'name' | 'resources'>;
}

/** The properties of a built-in runtime after its options are applied. */
export function builtInRuntimeProps(runtime: BuiltInRuntime, options: BuiltInRuntimeOptions): ServingRuntimeProps {
  const { image, resources, env, adapterEnv, memoryBuffer, modelLoadingTimeout, ...common } = options;
  return {
    ...common,
    runtimeName: options.runtimeName ?? runtime.runtimeName,
    formats: options.formats ?? runtime.formats,
    protocolVersions: runtime.protocolVersions,
    dataEndpoint: runtime.dataEndpoint,
    maxLoadingConcurrency: options.maxLoadingConcurrency ?? runtime.maxLoadingConcurrency,
    adapter: RuntimeAdapter.builtIn({
      server: runtime.server,
      managementPort: runtime.managementPort,
      memoryBuffer,
      modelLoadingTimeout,
      env: adapterEnv,
    }),
    containers: [
      {
        ...runtime.container,
        name: runtime.server,
        image: image ?? runtime.container.image,
        env: runtime.container.env === undefined && env === undefined ? undefined : mergeEnv(runtime.container.env ?? [], env ?? []),
        resources,
      },
    ],
  };
}

/** A supported format in a few words. */
export function supports(name: string, version: string, autoSelect = true): SupportedFormat {
  return { format: ModelFormat.of(name, version), autoSelect };
}

function mergeEnv(base: readonly EnvVariable[], overrides: readonly EnvVariable[]): EnvVariable[] {
  const replaced = base.map((variable) => overrides.find((override) => override.name === variable.name) ?? variable);
  return [...replaced, ...overrides.filter((override) => !base.some((variable) => variable.name === override.name))];
}
