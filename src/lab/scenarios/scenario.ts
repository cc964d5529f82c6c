/** What a lab holds when it starts. */

export interface Scenario {
  /** For `--scenario`. */
  id: string;
  title: string;
  /** YAML documents, applied in order; objects without a namespace go to `default`. */
  manifests: string;
}
