import type { Labels } from '../../model/objects.ts';
import type { LabelSelector } from '../../model/labelSelector.ts';
import type { KeyNode, MapNode, ScalarNode } from '../node.ts';
import type { ManifestObject } from '../object.ts';

/** Whose pods (or namespaces) a selector looks at. */
export interface Selection {
  /** Without the requirement that the mention itself negates (`NotIn`, `DoesNotExist`). */
  readonly selector: LabelSelector;
  /** `own`: those of the object's own template; `namespace`: of its namespace; `anywhere`: of any. */
  readonly pods: 'own' | 'namespace' | 'anywhere';
}

/** What a label is on: labels of namespaces are given by Namespace objects. */
export type LabelBearer = 'pods' | 'namespaces';

export type Given =
  /** An object by its name. */
  | { readonly is: 'object'; readonly kind: string; readonly name: string }
  /** A volume of a pod, or a claim template of a StatefulSet. */
  | { readonly is: 'volume'; readonly name: string }
  /** A container's port by name or number. */
  | {
      readonly is: 'port';
      readonly port: string | number;
      readonly container: MapNode;
      readonly labels: Labels;
    }
  | { readonly is: 'servicePort'; readonly service: string; readonly port: string | number }
  /** A label of pods: its key or its value. */
  | {
      readonly is: 'label';
      readonly part: 'key' | 'value';
      readonly key: string;
      readonly value: string;
      readonly of: LabelBearer;
      readonly labels: Labels;
    };

export type Used =
  | {
      readonly is: 'object';
      readonly kind: string;
      readonly name: string;
      /** undefined: not said, so it is wherever the manifest is applied to. */
      readonly namespace: string | undefined;
    }
  | { readonly is: 'volume'; readonly name: string }
  /** In a probe or hook: a port of its own container. */
  | { readonly is: 'port'; readonly port: string | number; readonly container: MapNode }
  /** In a Service or policy: a port of the pods selected. */
  | { readonly is: 'port'; readonly port: string | number; readonly selection: Selection }
  | { readonly is: 'servicePort'; readonly service: string; readonly port: string | number }
  | {
      readonly is: 'label';
      readonly part: 'key' | 'value';
      readonly key: string;
      /** undefined where only the key is asked for (`Exists`). */
      readonly value: string | undefined;
      readonly of: LabelBearer;
      readonly selection: Selection;
    };

interface Place {
  readonly object: ManifestObject;
  /** Where the name is written, relative to the object's document. */
  readonly node: ScalarNode | KeyNode;
  /** The server does not let the field change once the object exists; the field's name. */
  readonly fixed?: string;
}

/** One place of a manifest that gives a name, or uses one. */
export type Mention =
  | (Place & { readonly role: 'gives'; readonly what: Given })
  | (Place & { readonly role: 'uses'; readonly what: Used });

export type GivingMention = Extract<Mention, { role: 'gives' }>;
export type UsingMention = Extract<Mention, { role: 'uses' }>;
