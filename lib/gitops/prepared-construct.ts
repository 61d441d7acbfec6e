import type { IConstruct } from 'constructs';

/** A construct that makes objects from what all others turned out to be. The synth prepares it once, after the declaration is complete. */
export interface PreparedConstruct extends IConstruct {
  /** @internal */
  _prepare(): void;
}

/** Prepares every construct of a tree that asks for it. */
export function prepareAll(root: IConstruct): void {
  for (const construct of root.node.findAll()) {
    if ('_prepare' in construct && typeof construct._prepare === 'function') (construct as PreparedConstruct)._prepare();
  }
}
