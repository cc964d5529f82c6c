import { randomBytes } from 'node:crypto';
import { inEnglish, type Sentence } from '../../base/say.ts';
import { createAccess, createExec, createObjects } from '../../cluster/index.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { BatchChecker } from '../../probe/batch/batchChecker.ts';
import type { Checker } from '../../probe/check.ts';
import { ContainerChecker } from '../../probe/checker.ts';
import type { Exec } from '../../probe/exec.ts';
import { standInKinds, type StandInKind } from '../../probe/standIn/proposal.ts';
import { StandInChecker } from '../../probe/standIn/standInChecker.ts';
import { tell, wrongUse } from '../tell.ts';
import type { Io } from '../verb.ts';
import type { Session } from './session.ts';

/** What makes checks over a session. */
export interface Checkers {
  readonly exec: Exec;
  readonly checker: Checker;
  readonly batch: BatchChecker;
  /** Takes away what was started for the checks. */
  cleanUp(): Promise<void>;
}

/** What may be changed in the cluster where a container has no tool. */
export interface Allowed {
  readonly kinds: ReadonlySet<StandInKind>;
  readonly image: string | undefined;
}

/** Options of verbs that check, for node:util's parseArgs. */
export const allowOptions = {
  allow: { type: 'string', multiple: true },
  'probe-image': { type: 'string' },
} as const;

export const allowUsage = `  --allow KINDS         what may be changed where a container has no tool, with commas, tried in this order:
                        ephemeral (adds an ephemeral container; it cannot be removed), client-pod (starts a pod
                        and deletes it), install (installs curl by apt, apk or dnf; it stays); default: nothing
  --probe-image IMAGE   the image of ephemeral containers and client pods; it needs sh and curl`;

/** @throws ExplainedError that names the word that is none. */
export function readAllowed(
  verb: string,
  values: { readonly allow?: readonly string[]; readonly 'probe-image'?: string },
): Allowed {
  const words = (values.allow ?? []).flatMap((word) => word.split(',')).filter((word) => word !== '');
  const kinds = words.map((word) => {
    const kind = standInKinds.find((each) => each === word);
    if (kind === undefined) throw wrongUse(verb, `--allow takes ${standInKinds.join(', ')}, not "${word}".`);
    return kind;
  });
  return { kinds: new Set(kinds), image: values['probe-image'] };
}

/** Composes the checkers of a session. Whatever is changed is told on the error stream first. */
export function createCheckers(session: Session, snapshot: Snapshot, allowed: Allowed, io: Io): Checkers {
  const { client } = session;
  const imageOf = (container: ContainerRef): string | undefined => imageIn(snapshot, container);
  const exec = createExec({
    client,
    nodeOf: ({ namespace, pod }) => snapshot.get('Pod', namespace, pod)?.nodeName,
  });
  const inContainer = new ContainerChecker(exec, { imageOf });
  if (allowed.kinds.size === 0) {
    const batch = new BatchChecker(exec, inContainer, { imageOf });
    return { exec, checker: inContainer, batch, cleanUp: () => Promise.resolve() };
  }
  const checker = new StandInChecker(inContainer, {
    exec,
    requests: createObjects({ client }),
    access: createAccess(client),
    snapshot: () => snapshot,
    kinds: allowed.kinds,
    consent: ({ change, undo, caveat }) => {
      tell([change, undo, caveat].map(plain).join(' '), io.stderr);
      return Promise.resolve('yes');
    },
    suffix: () => randomBytes(4).toString('hex'),
    ...(allowed.image !== undefined && { image: allowed.image }),
  });
  const batch = new BatchChecker(exec, checker, { imageOf });
  return { exec, checker, batch, cleanUp: () => checker.cleanUp() };
}

function imageIn(snapshot: Snapshot, { namespace, pod, container }: ContainerRef): string | undefined {
  const found = snapshot.get('Pod', namespace, pod)?.containers.find(({ name }) => name === container);
  return found === undefined || found.image === '' ? undefined : found.image;
}

function plain({ template, args }: Sentence): string {
  return inEnglish(template, ...args);
}
