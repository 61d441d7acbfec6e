import { describeObject } from '../kubernetes/object';
import type { DataPlane } from './data-plane';

/** What istioctl says of every EnvoyFilter, whatever is in it. */
const EVERY_ENVOY_FILTER = /EnvoyFilter exposes internal implementation details/;

/** `istioctl analyze` of all that stands on the API server: it finds nothing in the manifests of the app. */
export function testAnalysis(plane: () => DataPlane): void {
  test('istioctl warns of nothing but that EnvoyFilters are in use', async () => {
    const names = plane().manifests.map(describeObject);
    const ofApp = (await plane().istiod.analyze()).filter(({ origin }) => names.includes(origin ?? ''));
    const filters = plane()
      .manifests.filter(({ kind }) => kind === 'EnvoyFilter')
      .map(describeObject);
    // That it reads the manifests at all is seen by what it says of these.
    expect(ofApp.filter(({ message }) => EVERY_ENVOY_FILTER.test(message)).map(({ origin }) => origin)).toEqual(
      expect.arrayContaining(filters),
    );
    expect(ofApp.filter(({ level, message }) => level !== 'Info' && !EVERY_ENVOY_FILTER.test(message))).toEqual([]);
  });
}
