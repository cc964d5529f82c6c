import type { Sentence } from '../../base/say.ts';
import type { ContainerRef } from '../../model/terminal.ts';

/** What can stand in where a container has no tool; in the order in which they are offered. */
export const standInKinds = ['ephemeral', 'client-pod', 'install'] as const;
export type StandInKind = (typeof standInKinds)[number];

/** The image of ephemeral containers and client pods unless another is set: curl, a shell, getent, not root. */
export const defaultProbeImage = 'curlimages/curl:8.15.0';

/**
 * Something that would be changed in the cluster. Each text is a sentence: a template with `{0}`… and its arguments,
 * so that it can be translated.
 */
export interface Proposal {
  readonly kind: StandInKind;
  readonly title: Sentence;
  /** Exactly what is changed. */
  readonly change: Sentence;
  /** Whether, and how, it is undone. */
  readonly undo: Sentence;
  /** Where what is found out so may differ from what the source itself would see. */
  readonly caveat: Sentence;
}

/** What a proposal names beside its source. */
export interface ProposalParts {
  readonly image: string;
  readonly nodeName: string;
  /** What would be run in the container to install curl. */
  readonly command: string;
}

/** What each kind would change for one source. The templates are keys for translation. */
export function proposalOf(
  kind: StandInKind,
  from: ContainerRef,
  { image, nodeName, command }: ProposalParts,
): Proposal {
  const { namespace, pod, container } = from;
  const args = [container, pod, namespace, image, nodeName, command];
  const texts = proposalTexts[kind];
  const sentence = (template: string): Sentence => ({ template, args });
  return {
    kind,
    title: sentence(texts.title),
    change: sentence(texts.change),
    undo: sentence(texts.undo),
    caveat: sentence(texts.caveat),
  };
}

/** {0} container, {1} pod, {2} namespace, {3} image, {4} node, {5} command. */
export const proposalTexts: Readonly<
  Record<StandInKind, Readonly<Record<'title' | 'change' | 'undo' | 'caveat', string>>>
> = {
  ephemeral: {
    title: 'Add an ephemeral container to pod {1}',
    change:
      'A container with the image {3} is added to pod {1} in namespace {2}. It runs "sleep 3600", without any privilege, beside what runs there; nothing is restarted.',
    undo: 'It cannot be removed: it ends by itself after an hour and stays in the pod’s list until the pod is deleted.',
    caveat: 'It shares the pod’s network, so what it reaches, container {0} reaches too.',
  },
  'client-pod': {
    title: 'Start a throw-away client pod',
    change:
      'A pod with the image {3} is created in namespace {2} on node {4}. It runs "sleep 300", without any privilege and without a service account token.',
    undo: 'It is deleted when the check is over; should that fail, it ends by itself after five minutes and is deleted with the next check.',
    caveat:
      'It cannot stand for pod {1} where network policies or a service mesh decide: it has none of that pod’s labels, on purpose, for a service or a controller would take it for one of its own.',
  },
  install: {
    title: 'Install curl in container {0}',
    change:
      'In container {0} of pod {1}, namespace {2}, this is run as root: "{5}". It downloads curl, and what curl needs, from the package servers of the image, and writes it into the container’s file system; nothing is restarted.',
    undo: 'It is not undone: curl stays until the container restarts from its image.',
    caveat: 'The check then runs in the very container that was asked about.',
  },
};
