/**
 * What the restricted Pod Security level asks of a container (Pod Security Standards), with a numeric user: the
 * kubelet cannot tell whether the name of an image's user is root.
 */
export const restrictedContext = {
  runAsNonRoot: true,
  runAsUser: 65_532,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
} as const;
