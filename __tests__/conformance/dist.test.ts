import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { validators } from '../../imports/validators.cjs';
import { type KubernetesObject, describeWithCrds, validateAgainstCrds, validateAgainstPublishedModels } from '../support/strict-schemas';

const DIST = resolve(__dirname, '../../dist');

const OURS = /^(serving\.kserve\.io|[a-z]+\.istio\.io|istio\.alibabacloud\.com)\//;

const files = existsSync(DIST)
  ? readdirSync(DIST, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort()
  : [];
const read = (file: string) => parseAllDocuments(readFileSync(join(DIST, file), 'utf8'));
const documents = files.flatMap((file) => read(file).map((document) => ({ file, object: document.toJS() as KubernetesObject })));
const objects = documents.map(({ object }) => object);

describe('the manifests in dist/', () => {
  it('exist, and every document is a Kubernetes object', () => {
    expect(documents.length).toBeGreaterThan(0);
    const strange = documents.filter(({ object }) => !object?.apiVersion || !object.kind || !object.metadata?.name);
    expect(strange.map(({ file }) => file)).toEqual([]);
    expect(files.filter((file) => read(file).some(({ errors, warnings }) => errors.length + warnings.length > 0))).toEqual([]);
  });

  // kubectl and Argo CD read a bare y, n, on or off as a boolean, and 1:30 as a number.
  it('mean the same to a reader of YAML 1.1', () => {
    const old = files.flatMap((file) => parseAllDocuments(readFileSync(join(DIST, file), 'utf8'), { version: '1.1' }));
    expect(old.map((document) => document.toJS() as unknown)).toEqual(objects);
  });

  it('pass our validators', () => {
    const findings = objects.flatMap(({ apiVersion, kind, ...rest }) => {
      const validate = validators[`${apiVersion}/${kind}`];
      // A kind of these groups without a validator would be checked by nobody when a cluster is not at hand.
      if (validate === undefined) return OURS.test(apiVersion) ? [`${apiVersion}/${kind}: no validator`] : [];
      const object = { apiVersion, kind, ...rest };
      return validate(object)
        ? []
        : validate.errors!.map(({ instancePath, message }) => `${kind} ${rest.metadata?.name}: ${instancePath} ${message}`);
    });
    expect(findings).toEqual([]);
  });

  it('pass the published models, for Istio kinds without the fields that only ASM has', () => {
    expect(validateAgainstPublishedModels(objects)).toEqual([]);
  });
});

describeWithCrds('the manifests in dist/ pass the upstream definitions', () => {
  it('with those of ASM for the Istio kinds', () => {
    expect(documents.length).toBeGreaterThan(0);
    expect(validateAgainstCrds(objects, 'asm')).toEqual([]);
  });

  it('with those of plain Istio, unless they use fields that only ASM has', () => {
    const plain = objects.filter((object) => !/"(dynamicSubset|headerToDynamicSubsetKey)":/.test(JSON.stringify(object)));
    expect(validateAgainstCrds(plain, 'istio')).toEqual([]);
  });
});
