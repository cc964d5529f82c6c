/** Kinds that can be created but are never stored: questions about the caller's own rights. */

export interface VirtualKind {
  group: string;
  version: string;
  name: string;
  singular: string;
  kind: string;
  schema: string;
}

function virtual(group: string, kind: string, schema: string): VirtualKind {
  const singular = kind.toLowerCase();
  return { group, version: 'v1', name: `${singular}s`, singular, kind, schema };
}

export const virtualKinds: readonly VirtualKind[] = [
  virtual('authorization.k8s.io', 'SelfSubjectAccessReview', 'authorization.v1.SelfSubjectAccessReview'),
  virtual('authorization.k8s.io', 'SelfSubjectRulesReview', 'authorization.v1.SelfSubjectRulesReview'),
  virtual('authentication.k8s.io', 'SelfSubjectReview', 'authentication.v1.SelfSubjectReview'),
];
