import { knownSecretsOf } from '../../modelmesh/storage/namespaces';
import { quote } from '../../values/problems';
import { type Rule, Severity } from '../rule';
import { entryPath, shownEntry } from './shown';

export const MM303: Rule = {
  code: 'MM303',
  severity: Severity.ERROR,
  title: 'a storage entry with a value that is no string stops every runtime of its namespace',
  *check(set) {
    for (const { manifest, entries } of knownSecretsOf(set)) {
      for (const entry of entries.values()) {
        for (const [name, value] of Object.entries(entry.fields)) {
          if (typeof value === 'string' || value === null) continue;
          const isNested = typeof value === 'object';
          yield {
            manifest,
            path: entryPath(entry),
            message: `${quote(name)} of ${shownEntry(entry)} is ${Array.isArray(value) ? 'a list' : isNested ? 'an object' : `a ${typeof value}`}, not a string: ModelMesh's controller stops at it, and no runtime of the namespace is made or changed; ${isNested ? 'leave it out, as only strings can be read' : 'put the value in quotes'}`,
          };
        }
      }
    }
  },
};
