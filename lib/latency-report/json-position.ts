import { parse, type ValueNode } from '@humanwhocodes/momoa';
import { quote } from '../values/problems';

/** Where JSON is no JSON, and why: `:3:7: …`, with the line and column that V8 does not always tell. */
export function syntaxProblem(json: string, error: Error): string {
  const text = json.trimEnd();
  if (text === '') return `: the file is empty: ${REMEDY}`;
  try {
    parse(json);
  } catch (found) {
    const { line, column, offset } = found as { readonly line?: number; readonly column?: number; readonly offset?: number };
    if (line !== undefined && column !== undefined && offset !== undefined) {
      if (isCutOff(text, offset))
        return `${endOf(text)}: the JSON ends too early: the file is cut off; run fortio again, or copy the whole file`;
      return `:${line}:${column}: ${quote(text.slice(offset).split('\n')[0]!.slice(0, 20))} is no JSON: ${REMEDY}`;
    }
  }
  return `: the file is no JSON, ${error.message}: ${REMEDY}`;
}

const REMEDY = 'give the file that `fortio load -json FILE` wrote';

/** The parser points at what it has read last, which tells nothing when more should follow. */
function isCutOff(text: string, offset: number): boolean {
  return text.trimStart().startsWith('{') && (!text.endsWith('}') || offset >= text.length - 1);
}

function endOf(text: string): string {
  const lines = text.split('\n');
  return `:${lines.length}:${lines[lines.length - 1]!.length + 1}`;
}

/** The line and column of a field, `:3:7`, or of what is nearest around one that is missing; nothing for the file as a whole. */
export function positionOfField(json: string, path: readonly (string | number)[]): string {
  let node: ValueNode = parse(json).body;
  let found = false;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) break;
    node = next;
    found = true;
  }
  return found ? `:${node.loc.start.line}:${node.loc.start.column}` : '';
}

function childOf(node: ValueNode, step: string | number): ValueNode | undefined {
  // JSON.parse takes the last one of equal keys.
  if (node.type === 'Object') {
    const members = node.members.filter(({ name }) => name.type === 'String' && name.value === step);
    return members[members.length - 1]?.value;
  }
  return node.type === 'Array' ? node.elements[Number(step)]?.value : undefined;
}
