import { buildGoTool } from './go-tool';

export function fortioProgram(): string {
  return buildGoTool('fortio');
}
