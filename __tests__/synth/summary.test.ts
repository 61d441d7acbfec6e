import * as path from 'node:path';
import { publish } from '../../lib/synth/publish';
import { summaryLines } from '../../lib/synth/summary';
import { configMaps, FORMER, LATER, makeTempFolder, refuse, removeTempFolders, writeFiles } from './helpers';

afterAll(removeTempFolders);

let dist: string;
beforeEach(() => {
  dist = path.join(makeTempFolder(), 'dist');
});

describe('the lines on stderr', () => {
  test('are one when there is nothing else to say', () => {
    publish(dist, FORMER);
    expect(summaryLines(dist, publish(dist, LATER), 0.123)).toEqual([
      `cdk8s-modelmesh: 3 objects in 3 files to ${dist}/: 1 changed, 1 added, 1 removed, 1 unchanged, in 0.12 s`,
    ]);
    expect(summaryLines(dist, publish(dist, LATER.slice(0, 1)), 1)[0]).toMatch(/: 1 object in 1 file to /);
  });

  test('name what no synth wrote, and what of it Argo CD reads or stumbles over', () => {
    publish(dist, FORMER);
    const names = ['README.md', 'data.json', 'one/Chart.yaml', 'one/kustomization.yml', 'x.jsonnet', 'x.yaml', 'x.yml'];
    writeFiles(dist, Object.fromEntries(names.map((name) => [name, 'x'])));
    const shown = (files: readonly string[]) => files.map((name) => `${dist}/${name}`).join(', ');
    expect(summaryLines(dist, publish(dist, FORMER), 1).slice(0, -1)).toEqual([
      `cdk8s-modelmesh: kept 7 files that no synth wrote: ${shown(['README.md', 'data.json', 'one/Chart.yaml', 'one/kustomization.yml', 'x.jsonnet', 'x.yaml', 'x.yml'])}`,
      `cdk8s-modelmesh: warning: Argo CD reads these too: ${shown(['data.json', 'x.jsonnet', 'x.yaml', 'x.yml'])}; move them elsewhere, or exclude them from the application`,
      `cdk8s-modelmesh: warning: Argo CD takes the folder for a Helm chart or a kustomization: move ${shown(['one/Chart.yaml', 'one/kustomization.yml'])} elsewhere`,
    ]);
  });

  test('name ten foreign files, and how many more there are', () => {
    writeFiles(dist, Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.txt`, 'x'])));
    expect(summaryLines(dist, publish(dist, []), 1)[0]).toMatch(
      /^cdk8s-modelmesh: kept 12 files that no synth wrote: .*7\.txt and 2 more$/,
    );
  });

  test('warn of more than Argo CD takes', () => {
    const publication = publish(dist, configMaps({ 'one/a': 'x'.repeat(10_000_001) }));
    expect(summaryLines(dist, publication, 1)[0]).toBe(
      `cdk8s-modelmesh: warning: ${dist}/ holds 10.0 MB, Argo CD refuses more than 10 MB of one application: give every chart an application of its own`,
    );
  });

  test('warn of a library that has to be installed again', () => {
    publish(dist, FORMER);
    expect(summaryLines(dist, publish(dist, LATER, refuse('CANNOT_LOAD')), 1)[0]).toBe(
      'cdk8s-modelmesh: warning: fs-native-extensions could not be loaded, so the files were replaced one by one: install it again',
    );
    expect(summaryLines(dist, publish(dist, FORMER, refuse('EINVAL')), 1)).toHaveLength(1);
  });
});
