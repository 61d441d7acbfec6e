import type { Construct } from 'constructs';
import { dnsSubdomainProblem } from '../values/kubernetes-name';
import { integerProblem } from '../values/number-range';
import { collectProblems } from '../values/problems';
import { addEnvoyFilter, listenerPatch, type ObjectMarks } from './envoy-filters';
import type { GatewayListener } from './gateway-workload';

/** Bytes that the gateway may hold of one request or response. Envoy's own limit of 1 MiB makes larger JSON responses fail with status 500. */
export const USUAL_BUFFER_LIMIT = 100_000_000;

/** The object that raises the limit. */
export interface BufferLimit {
  readonly name: string;
  readonly bytes: number;
}

export function bufferLimitProblems(name: string | undefined, bytes: number | undefined): string[] {
  return collectProblems(
    name === undefined ? undefined : dnsSubdomainProblem('name of the buffer limit', name),
    integerProblem('bufferLimitBytes', bytes, 1, 2 ** 32 - 1),
  );
}

/** Raises what the listener may buffer for one connection. */
export function addBufferLimit(scope: Construct, listener: GatewayListener, { name, bytes }: BufferLimit, marks: ObjectMarks): void {
  addEnvoyFilter(scope, 'BufferLimit', listener, name, marks, [listenerPatch(listener, { per_connection_buffer_limit_bytes: bytes })]);
}
