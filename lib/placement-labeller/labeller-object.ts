/** What all objects of one labeller have in common. */
export interface LabellerObject {
  readonly name: string;
  readonly namespace: string;
  /** Labels of every object, pods included. */
  readonly labels: { readonly [key: string]: string };
  /** Labels that its pods have and no others. */
  readonly podLabels: { readonly [key: string]: string };
  readonly annotations?: { readonly [key: string]: string };
}
