import { ExplainedError, isCancellation } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { AccessReviews, Action } from '../../model/requests.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { labelOf } from '../attempt.ts';
import type { Checker, CheckRecord, CheckRequest, CheckTarget } from '../check.ts';
import type { Exec } from '../exec.ts';
import { leftClientPods, startClientPod } from './clientPod.ts';
import { addEphemeral, runningEphemeral } from './ephemeral.ts';
import { installCommand, installCurl, isImpossible } from './install.ts';
import {
  defaultProbeImage,
  proposalOf,
  standInKinds,
  type Proposal,
  type ProposalParts,
  type StandInKind,
} from './proposal.ts';
import { podName, type StandInRequests } from './whenRunning.ts';

export interface StandInParts {
  readonly exec: Exec;
  readonly requests: StandInRequests;
  readonly access?: Pick<AccessReviews, 'may'>;
  readonly snapshot: () => Snapshot;
  /** Asks before anything is changed. */
  readonly consent: (proposal: Proposal, signal: AbortSignal) => Promise<Consent>;
  /** What may be asked about at all; otherwise each kind. */
  readonly kinds?: ReadonlySet<StandInKind>;
  readonly image?: string;
  /** Letters and digits that make a name new. */
  readonly suffix: () => string;
}

/** `next`: not this, but ask about the next; `stop`: nothing is to be changed. */
export type Consent = 'yes' | 'next' | 'stop';

/** A checker whose knowledge of an image's tools can be dropped, for one was installed. */
export type ForgetfulChecker = Checker & { forgetTools(): void };

interface StandIn {
  readonly at: ContainerRef;
  readonly via: string;
}

/**
 * Makes checks from containers that have no tool: by an ephemeral container, a client pod, or curl installed there,
 * each only with consent, asked once a source. Where nothing was allowed, the record says that there is no tool.
 */
export class StandInChecker implements Checker {
  readonly #checker: ForgetfulChecker;
  readonly #parts: StandInParts;
  readonly #standIns = new Map<string, Promise<StandIn | undefined>>();
  readonly #removals: (() => Promise<void>)[] = [];

  constructor(checker: ForgetfulChecker, parts: StandInParts) {
    this.#checker = checker;
    this.#parts = parts;
  }

  /** @throws ExplainedError where a stand-in was allowed and did not come to be; CancelledError. */
  async check(request: CheckRequest, signal: AbortSignal): Promise<CheckRecord> {
    const label = labelOf(request.from);
    const record = this.#standIns.has(label) ? undefined : await this.#checker.check(request, signal);
    if (record !== undefined && record.reason !== 'no-tool' && record.reason !== 'no-resolver') return record;
    let standIn = this.#standIns.get(label);
    if (standIn === undefined) {
      standIn = this.#find(request, signal);
      this.#standIns.set(label, standIn);
      standIn.catch(() => this.#standIns.delete(label));
    }
    const found = await standIn;
    if (found === undefined) return record ?? this.#checker.check(request, signal);
    const again = await this.#checker.check({ ...request, from: found.at }, signal);
    return { ...again, from: label, via: found.via, ...(again.from !== label && { ranIn: again.from }) };
  }

  /** Deletes the client pods, after a cancellation as well. @throws ExplainedError where one stays. */
  async cleanUp(): Promise<void> {
    const results = await Promise.allSettled(this.#removals.splice(0).map((remove) => remove()));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure !== undefined) {
      throw new ExplainedError(
        'client-pod-left',
        t('A client pod could not be deleted: {0}', String(failure.reason)),
        {
          remedy: t(
            'It ends by itself after five minutes. Delete pods with the label pod-network-explorer/client.',
          ),
          cause: failure.reason,
        },
      );
    }
  }

  /** The first stand-in that is allowed and comes to be. */
  async #find({ from, target }: CheckRequest, signal: AbortSignal): Promise<StandIn | undefined> {
    const { requests, consent, exec, image = defaultProbeImage, kinds, snapshot } = this.#parts;
    const there = await runningEphemeral(requests, from, signal);
    if (there !== undefined) return { at: there, via: viaEphemeral(there) };
    const nodeName = snapshot().get('Pod', from.namespace, from.pod)?.nodeName ?? '';
    let failure: unknown;
    for (const kind of standInKinds) {
      if (!helps(kind, target) || !(await this.#mayTry(kind, from, signal))) continue;
      try {
        const command = kind === 'install' ? await installCommand(exec, from, signal) : '';
        const parts = { image, nodeName, command };
        const answer = await consent(proposalOf(kind, from, parts), signal);
        if (answer === 'stop') break;
        if (answer === 'next') continue;
        return await this.#make(kind, from, parts, signal);
      } catch (error) {
        if (isCancellation(error)) throw error;
        // Who was not asked about installing need not hear why it would not go.
        if (!isImpossible(error) || kinds?.has(kind) === true) failure ??= error;
      }
    }
    if (failure !== undefined) throw failure as Error;
    return undefined;
  }

  async #make(
    kind: StandInKind,
    from: ContainerRef,
    { image, nodeName, command }: ProposalParts,
    signal: AbortSignal,
  ): Promise<StandIn> {
    const { exec, requests, suffix } = this.#parts;
    switch (kind) {
      case 'ephemeral': {
        const at = await addEphemeral(requests, from, image, suffix(), signal);
        return { at, via: viaEphemeral(at) };
      }
      case 'client-pod': {
        await this.#removeLeft(from.namespace, signal);
        const place = { namespace: from.namespace, nodeName };
        const { at, remove } = await startClientPod(requests, place, image, suffix(), signal);
        this.#removals.push(remove);
        return {
          at,
          via: t(
            'client pod {0} on the same node: it lacks the labels of pod {1}, so network policies may treat it otherwise',
            at.pod,
            from.pod,
          ),
        };
      }
      case 'install':
        await installCurl(exec, from, command, signal);
        this.#checker.forgetTools();
        return { at: from, via: t('curl, installed in container {0} for this check', from.container) };
    }
  }

  async #removeLeft(namespace: string, signal: AbortSignal): Promise<void> {
    for (const pod of leftClientPods(this.#parts.snapshot(), namespace)) {
      const options = { dryRun: false, uid: pod.uid };
      await this.#parts.requests.delete(podName({ namespace, pod: pod.name }), options, signal);
    }
  }

  /** Without the rights there is nothing to ask about. */
  async #mayTry(kind: StandInKind, { namespace }: ContainerRef, signal: AbortSignal): Promise<boolean> {
    const { access, kinds } = this.#parts;
    if (kinds !== undefined && !kinds.has(kind)) return false;
    if (access === undefined) return true;
    const pods = { resource: 'pods', namespace };
    const needed: Readonly<Record<StandInKind, readonly Action[]>> = {
      ephemeral: [{ verb: 'patch', ...pods, subresource: 'ephemeralcontainers' }],
      'client-pod': [
        { verb: 'create', ...pods },
        { verb: 'delete', ...pods },
      ],
      install: [],
    };
    const answers = await Promise.all(needed[kind].map((action) => access.may(action, signal)));
    return answers.every(({ allowed }) => allowed);
  }
}

/** curl neither asks by UDP nor looks up names alone. */
function helps(kind: StandInKind, { scheme }: CheckTarget): boolean {
  return kind !== 'install' || (scheme !== 'udp' && scheme !== 'dns');
}

function viaEphemeral({ container }: ContainerRef): string {
  return t('ephemeral container {0} of the same pod, which shares its network', container);
}
