import { buildGoTool } from './go-tool';

/** Built from Istio's sources: it is istiod, and istioctl when its first argument is that word. */
export function istiodProgram(): string {
  return buildGoTool('istiod');
}
