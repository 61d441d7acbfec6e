import { prepared } from './prepared';

/** describe, or describe.skip where programs are missing and E2E=optional. */
export const describeWithServers = prepared().missing === undefined ? describe : describe.skip;
