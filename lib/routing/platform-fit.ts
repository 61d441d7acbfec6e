import type { MeshPlatform } from '../values/mesh-platform';

/** The problem of a strategy that is made of Istio's objects, on a platform that has none. */
export function istioApiProblem(strategy: string, platform: MeshPlatform): string | undefined {
  return platform.hasIstioApi
    ? undefined
    : `routing ${strategy} needs Istio's own objects, and the platform is ${platform.name}, which has none: use ${nearestStrategy(platform)}, or MeshPlatform.istio(VERSION)`;
}

/** The strategy that comes nearest to routing by model on a platform, as one writes it. */
export function nearestStrategy(platform: MeshPlatform): string {
  if (platform.hasAsmExtensions) return 'ModelRouting.asmDynamicSubset()';
  if (!platform.hasIstioApi) return 'ModelRouting.gatewayApi()';
  return platform.followsPodLabels ? 'ModelRouting.holderFirst()' : 'ModelRouting.runtimeSubset()';
}
