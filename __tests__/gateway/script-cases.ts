import { type FakeOutcome, type FakeRequest, runFilters } from './fake-envoy';

/** Names and values of headers. */
export type Headers = readonly (readonly [string, string])[];

export const INFER = '/inference.GRPCInferenceService/ModelInfer';
export const METADATA = '/inference.GRPCInferenceService/ModelMetadata';

/** One test per case, and one run of Lua for all of them. */
export function testCases<C extends { readonly title: string; readonly request: FakeRequest; readonly outcome: FakeOutcome }>(
  cases: readonly C[],
) {
  let outcomes: FakeOutcome[] = [];
  beforeAll(() => {
    outcomes = runFilters(cases.map(({ request }) => request));
  });
  test.each(cases.map(({ title, outcome }, index) => ({ title, outcome, index })))('$title', ({ outcome, index }) =>
    expect(outcomes[index]).toEqual(outcome),
  );
}

/** What a refused caller gets. */
export const refusal = (text: string, isGrpc: boolean): FakeOutcome => ({
  refused: { headers: isGrpc ? { ':status': '400', 'grpc-status': '3' } : { ':status': '400', 'content-type': 'text/plain' }, text },
});
