import { envoyProgram } from '../servers/envoy-program';
import { fortioProgram } from '../servers/fortio-program';
import { istiodProgram } from '../servers/istiod-program';
import { findNetwork } from '../servers/network-namespace';
import { prepared } from '../servers/prepared';
import { settings } from '../servers/settings';

/** The programs that the suites of routing need beside those of every suite. */
export interface RoutingPrograms {
  istiod: string;
  envoy: string;
  fortio: string;
}

// Skipped tests are counted by their names, for which the suite has to be read.
const NO_PROGRAMS: RoutingPrograms = { istiod: '', envoy: '', fortio: '' };

/** `describe` with the programs at hand; where they cannot be had, an error, or a skipped suite with E2E=optional. */
export function describeWithDataPlane(name: string, suite: (programs: RoutingPrograms) => void): void {
  const skip = () => describe.skip(name, () => suite(NO_PROGRAMS));
  let programs: RoutingPrograms;
  try {
    if (prepared().missing !== undefined) return skip();
    const { isolated, because } = findNetwork();
    if (!isolated) throw new Error(`the API server refuses pods at 127.0.0.1, and other addresses need a network namespace: ${because}`);
    programs = { istiod: istiodProgram(), envoy: envoyProgram(), fortio: fortioProgram() };
  } catch (error) {
    if (!settings.optional) throw error;
    process.stderr.write(`${(error as Error).message}\nskipped: ${name}\n`);
    return skip();
  }
  describe(name, () => suite(programs));
}
