import { CATALOGUE } from './catalogue';
import { READING_RULES, type ReadingRule } from './reading-rules';

/** Everything that a finding can be about, in the order of the codes. */
export const ALL_RULES: readonly ReadingRule[] = [...READING_RULES, ...CATALOGUE];
