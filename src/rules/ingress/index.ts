import type { Rule } from '../rule.ts';
import { ingressBackend } from './ingressBackend.ts';
import { ingressClass } from './ingressClass.ts';
import { ingressController } from './ingressController.ts';
import { ingressEmpty } from './ingressEmpty.ts';
import { ingressHost } from './ingressHost.ts';
import { ingressPath } from './ingressPath.ts';
import { ingressReference } from './ingressReference.ts';

export const ingressRules: readonly Rule[] = [
  ingressBackend,
  ingressClass,
  ingressController,
  ingressEmpty,
  ingressHost,
  ingressPath,
  ingressReference,
];
