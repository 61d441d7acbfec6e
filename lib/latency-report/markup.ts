import { visible } from '../report/visible';

/** Text of HTML or SVG in which nothing has to be escaped any more. */
export class Markup {
  public constructor(public readonly text: string) {}
}

/** What a template may hold. */
export type MarkupValue = string | number | Markup | readonly Markup[];

/** Template of HTML or SVG: whatever is put into it is escaped, unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + textOf(values[index - 1]!) + string));
}

function textOf(value: MarkupValue): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return (value as readonly Markup[]).map(({ text }) => text).join('\n');
  return visible(String(value)).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
