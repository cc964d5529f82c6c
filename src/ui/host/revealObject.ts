/** What the cluster view can show. */
export interface RevealedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Shows an object in the cluster view. `false`: it is not there, or its kind is not shown. */
export type RevealObject = (object: RevealedObject) => Promise<boolean>;
