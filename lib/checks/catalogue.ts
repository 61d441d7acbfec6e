// Written by `npm run docs` from the files in this folder. Do not edit.
import { MM101 } from './runtime/mm101-grpc-endpoint-missing';
import type { Rule } from './rule';

/** All rules, in the order of their codes. */
export const CATALOGUE: readonly Rule[] = [MM101];
