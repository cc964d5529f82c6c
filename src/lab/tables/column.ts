/** Columns, and the ones that many kinds share. */
import type { ApiObject } from '../objects/meta.ts';
import type { PodTemplate } from '../objects/pod.ts';
import type { LabelSelector } from '../objects/workloads.ts';
import { selectorText } from '../store/selectors.ts';
import { ageOf } from './duration.ts';

export interface Column<T extends ApiObject = ApiObject> {
  name: string;
  type?: 'string' | 'integer' | 'boolean' | 'date';
  /** 1 shows only with `-o wide`. */
  priority?: 0 | 1;
  description?: string;
  cell: (object: T, now: number) => string | number | boolean;
}

export const none = '<none>';
export const unset = '<unset>';

export const nameColumn: Column = {
  name: 'Name',
  description: 'Name of the object.',
  cell: (object) => object.metadata.name,
};

export const ageColumn: Column = {
  name: 'Age',
  description: 'Time since the object was created.',
  cell: (object, now) => ageOf(object.metadata.creationTimestamp, now),
};

export function labelsText(labels: Record<string, string> | undefined): string {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? none : entries.map(([key, value]) => `${key}=${value}`).join(',');
}

interface Templated extends ApiObject {
  spec: { template: PodTemplate; selector?: LabelSelector | Record<string, string> };
}

function selectorCell(selector: Templated['spec']['selector']): string {
  if (!selector) return none;
  const isLabelSelector = 'matchLabels' in selector || 'matchExpressions' in selector;
  return isLabelSelector ? selectorText(selector) : labelsText(selector as Record<string, string>);
}

/** Containers, images and selector of a workload, shown with `-o wide`. */
export const templateColumns: Column<Templated>[] = [
  {
    name: 'Containers',
    priority: 1,
    cell: ({ spec }) => spec.template.spec.containers.map(({ name }) => name).join(','),
  },
  {
    name: 'Images',
    priority: 1,
    cell: ({ spec }) => spec.template.spec.containers.map(({ image }) => image ?? '').join(','),
  },
  { name: 'Selector', priority: 1, cell: ({ spec }) => selectorCell(spec.selector) },
];
