import { refusedUrisOf } from '../../modelmesh/storage/model-uris';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';

export const MM324: Rule = {
  code: 'MM324',
  severity: Severity.ERROR,
  title: 'a storageUri with a scheme that ModelMesh does not read',
  *check(set) {
    for (const { manifest, spec, location } of refusedUrisOf(set, 'other-scheme')) {
      const scheme = location.detail!;
      yield {
        manifest,
        path: [...spec, 'storageUri'],
        message: `storageUri has the scheme ${quote(scheme)}: ModelMesh's controller refuses the model, and says so only in its log; ${REMEDIES[scheme] ?? "use 'pvc://', 's3://', 'gs://', 'http://' or 'https://'"}`,
      };
    }
  },
};

const AZURE = "write 'https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH'";
const REMEDIES: { readonly [scheme: string]: string } = {
  gcs: "write 'gs://BUCKET/PATH'",
  abfs: AZURE,
  abfss: AZURE,
  wasb: AZURE,
  wasbs: AZURE,
  azure: AZURE,
  file: "put the file on a claim and write 'pvc://CLAIM/PATH'",
  hf: "copy the model to a store and write, e.g., 's3://BUCKET/PATH'",
  oci: "copy the model to a store and write, e.g., 's3://BUCKET/PATH'",
  hdfs: "copy the model to a store and write, e.g., 's3://BUCKET/PATH'",
};
