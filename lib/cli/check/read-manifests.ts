import path from 'node:path';
import type { Document } from 'yaml';
import type { Finding } from '../../checks/finding';
import { type FieldPath, type Fields, isFields } from '../../manifests/fields';
import { Manifest } from '../../manifests/manifest';
import { helmTemplateIn, helmTemplateOf } from './helm-template';
import { objectsOf } from './kubernetes-objects';
import { laterDocument } from './later-document';
import { HELM_TEMPLATE, INVALID_YAML, type ReadingRule, TOO_DEEP, TOO_LARGE } from '../../checks/reading-rules';
import { type YamlDocument, type YamlRefusal, MAX_DEPTH, positions, yamlDocuments } from './yaml-documents';
import { offsetOfField } from './yaml-position';
import { yamlValue } from './yaml-value';

/** What a file holds. */
export interface ReadFile {
  readonly manifests: readonly Manifest[];
  /** What keeps it from being read. */
  readonly findings: readonly Finding[];
}

/**
 * Reads the manifests of one YAML or JSON text as kubectl does. Documents that are no Kubernetes objects, such as the values of a chart,
 * are left out; one that cannot be read is a finding, and the others are read all the same.
 *
 * @param file its name in findings
 * @param namespace for objects that name none
 */
export function readManifests(file: string, text: string, namespace = ''): ReadFile {
  // A byte order mark is no part of the first line.
  return new FileReader(file, text.replace(/^\ufeff/, ''), namespace).read();
}

// What Argo CD reads as one application; the standard input is none.
function folderOf(file: string): string | undefined {
  return file === '-' ? undefined : path.posix.dirname(file);
}

class FileReader {
  private readonly manifests: Manifest[] = [];
  private readonly findings: Finding[] = [];
  private readonly positionOf: ReturnType<typeof positions>;

  public constructor(
    private readonly file: string,
    private readonly text: string,
    private readonly namespace: string,
  ) {
    this.positionOf = positions(text);
  }

  public read(): ReadFile {
    for (const found of yamlDocuments(this.text)) {
      if ('document' in found) this.document(found);
      else this.refusal(found);
    }
    return { manifests: this.manifests, findings: this.findings };
  }

  private document({ document, start, end }: YamlDocument): void {
    const part = this.text.slice(start, end);
    const invalid = syntaxProblem(document, end);
    if (invalid !== undefined) {
      const helm = helmTemplateIn(part);
      if (helm !== undefined) this.helm(start + helm);
      else this.find(INVALID_YAML, `${invalid.message}: kubectl refuses the file; mend it here`, invalid.offset);
      return;
    }
    const { value, problems } = yamlValue(document);
    // A template that stands alone, {{ .Values.x }}, is YAML for a map in a map.
    const helm = problems.some(({ rule }) => rule === INVALID_YAML) ? helmTemplateIn(part) : undefined;
    const template = helm === undefined ? (part.includes('{{') ? helmTemplateOf(document) : undefined) : start + helm;
    if (template !== undefined) return this.helm(template);
    for (const { rule, message, offset } of problems) this.find(rule, message, offset);
    if (isFields(value)) this.objects(value, this.locator(part, start), Buffer.byteLength(part));
  }

  private objects(value: Fields, offsetAt: (path: FieldPath) => number, bytes: number): void {
    const folder = folderOf(this.file);
    objectsOf(value).forEach(({ fields, path, problems }, index) => {
      const locate = (field: FieldPath) => this.positionOf(offsetAt([...path, ...field]));
      for (const { rule, message, field } of problems) this.find(rule, message, offsetAt([...path, ...field]));
      // The objects of a List share its bytes, which count once.
      const origin = { file: this.file, locate, folder, bytes: index === 0 ? bytes : 0 };
      if (fields !== undefined) this.manifests.push(new Manifest(fields, origin, this.namespace));
    });
  }

  private locator(part: string, start: number): (path: FieldPath) => number {
    const again = laterDocument(part);
    return (path) => {
      const document = again();
      return document === undefined ? start : start + offsetOfField(document, path);
    };
  }

  private refusal({ reason, offset }: YamlRefusal): void {
    if (reason === 'too deep') {
      this.find(
        TOO_DEEP,
        `maps and lists are nested more than ${MAX_DEPTH} levels deep: no object of Kubernetes needs that; write less deeply`,
        offset,
      );
    } else {
      this.find(TOO_LARGE, 'the document is too large to be read: split it into several, with --- between them', offset);
    }
  }

  private helm(offset: number): void {
    this.find(
      HELM_TEMPLATE,
      'this is a Helm template, not a manifest: check what becomes of it, helm template CHART | cdk8s-modelmesh check -',
      offset,
    );
  }

  private find(rule: ReadingRule, message: string, offset: number): void {
    this.findings.push({ code: rule.code, severity: rule.severity, message, file: this.file, position: this.positionOf(offset) });
  }
}

function syntaxProblem(document: Document, end: number): { readonly message: string; readonly offset: number } | undefined {
  const [error] = document.errors;
  if (error !== undefined) {
    // The first line says it; the others, if any, show the place.
    const message = error.message
      .split('\n', 1)[0]!
      .replace(/\.$/, '')
      .replace(/(["'])quote$/, '$1 quote');
    return { message: `${message.charAt(0).toLowerCase()}${message.slice(1)}`, offset: Math.min(error.pos[0], end) };
  }
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit === true && version !== '1.1') return { message: `a document of YAML ${version}`, offset: document.range?.[0] ?? 0 };
  return undefined;
}
