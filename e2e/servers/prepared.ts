import type { Binary, ProgramName } from './binaries';

/** What the global setup hands to the suites. */
export interface Prepared {
  supervisor: string;
  binaries: Record<string, Binary>;
  /** Why the suites are skipped; only where E2E=optional allows it. */
  missing?: string;
}

const VARIABLE = 'E2E_PREPARED';

export function handOver(prepared: Prepared): void {
  process.env[VARIABLE] = JSON.stringify(prepared);
}

export function prepared(): Prepared {
  const value = process.env[VARIABLE];
  if (value === undefined) throw new Error('run these suites with `npm run e2e`');
  return JSON.parse(value) as Prepared;
}

export function binary(name: ProgramName): Binary {
  return prepared().binaries[name]!;
}
