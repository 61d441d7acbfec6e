import { type FieldPath, textAt } from '../../manifests/fields';
import type { Manifest } from '../../manifests/manifest';
import { perSet } from '../../manifests/manifest-set';
import { entries, httpRoutesOf, stringMatchesIn } from './istio-routes';

/** A regular expression of a VirtualService. */
export interface RegexPlace {
  readonly manifest: Manifest;
  readonly path: FieldPath;
  readonly regex: string;
}

/** Every regular expression of every VirtualService. */
export const regexesOf = perSet((set): readonly RegexPlace[] =>
  httpRoutesOf(set).flatMap((route) => {
    const { manifest, path: at, fields } = route;
    const origins = entries(fields, ['corsPolicy', 'allowOrigins']);
    const places = [...stringMatchesIn(route), ...origins].map((item) => ({
      path: [...item.path, 'regex'],
      regex: textAt(item.fields, 'regex'),
    }));
    const rewrite = { path: ['rewrite', 'uriRegexRewrite', 'match'], regex: textAt(fields, 'rewrite', 'uriRegexRewrite', 'match') };
    return [...places, rewrite].flatMap(({ path, regex }) => (regex === undefined ? [] : [{ manifest, path: [...at, ...path], regex }]));
  }),
);
