// Adds up the reports of jest and prints `N passed, N failed`. A missing report, a suite that could not start and a failed step that no test
// stands for count as failures, so that the line cannot look better than the run was.
import { readFileSync } from 'node:fs';

const reports = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const failedSteps = Number(process.argv.find((argument) => argument.startsWith('--failed-steps='))?.split('=')[1] ?? 0);
let [passed, failed, skipped] = [0, 0, 0];
for (const file of reports) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    skipped += report.numPendingTests;
  } catch (error) {
    process.stderr.write(`no report: ${error.message}\n`);
    failed += 1;
  }
}
failed = Math.max(failed, failedSteps);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
