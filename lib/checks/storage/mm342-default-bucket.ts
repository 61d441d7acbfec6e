import { textAt } from '../../manifests/fields';
import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM342: Rule = {
  code: 'MM342',
  severity: Severity.WARNING,
  title: 'default_bucket, the old name of bucket',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        if (!Object.hasOwn(entry.fields, 'default_bucket')) continue;
        const isRead = textAt(entry.fields, 'type') === 's3' && !Object.hasOwn(entry.fields, 'bucket');
        yield {
          manifest,
          path: entryPath(entry),
          message: `'default_bucket' of ${shownEntry(entry)} ${isRead ? 'is an old name, which ModelMesh may stop reading' : "is ignored: ModelMesh reads it only with the type s3 and without 'bucket'"}; ${isRead ? "write 'bucket'" : "remove it, or write 'bucket'"}`,
        };
      }
    }
  },
};
