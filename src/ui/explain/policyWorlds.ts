import * as vscode from 'vscode';
import { parse } from '../../manifest/parse.ts';
import { isRecord, record, text, type Json } from '../../model/json.ts';
import { readNetworkPolicy, type NetworkPolicy } from '../../model/networkPolicy.ts';
import type { PolicyStep } from '../../reach/policyChange.ts';
import type { World } from '../../reach/world.ts';
import { worldOfObjects } from '../../reach/worldOfObjects.ts';
import { workspaceObjects } from './workspaceObjects.ts';

/** What a preview compares against: a cluster, or the workspace's other files. */
export interface Ground {
  readonly world: World;
  /** The namespace of policies that name none. */
  readonly namespace: string;
  /** What it is, in a sentence; with what is missing of it. */
  readonly about: string;
}

/** The network policies that a text holds, or the first reason why it cannot be told. */
export function policiesIn(
  content: string,
  file: string,
  namespace: string,
): readonly NetworkPolicy[] | string {
  const manifest = parse(content, { file });
  const broken = manifest.problems.find(({ severity }) => severity === 'error');
  if (broken !== undefined) {
    return vscode.l10n.t('line {0}: {1}', broken.range.start.line + 1, broken.message);
  }
  if (manifest.kind === 'template') return vscode.l10n.t('it is a template, and no YAML yet');
  return manifest.objects
    .map((object) => object.toJson())
    .filter(isRecord)
    .filter(isNetworkPolicy)
    .map((object) => readNetworkPolicy(inNamespace(object, namespace)));
}

/** The step from how it is to how it will be with these policies. */
export function stepTo({ world }: Ground, policies: readonly NetworkPolicy[]): PolicyStep {
  const { snapshot } = world.snapshot.with(policies.map((object) => ({ type: 'put', object })));
  const replaced = policies.flatMap(
    ({ namespace, name }) => world.snapshot.get('NetworkPolicy', namespace, name) ?? [],
  );
  return { now: world, then: { ...world, snapshot }, policies: [...policies, ...replaced] };
}

/**
 * What the workspace's files describe, without the policies of the file that is being written.
 * @throws CancelledError.
 */
export async function workspaceGround(file: vscode.Uri, signal: AbortSignal): Promise<Ground> {
  const { objects, files, notes } = await workspaceObjects(signal);
  const kept = objects.flatMap(({ uri, object }) => {
    const json = object.toJson();
    const replaced = uri.toString() === file.toString() && isRecord(json) && isNetworkPolicy(json);
    return isRecord(json) && !replaced ? [json] : [];
  });
  const about = [
    vscode.l10n.t("Against the {0} manifest files of the workspace, without this file's policies.", files),
    ...notes,
  ];
  return { world: worldOfObjects(kept), namespace: 'default', about: about.join(' ') };
}

function isNetworkPolicy(object: Json): boolean {
  return text(object.kind) === 'NetworkPolicy' && text(object.apiVersion).startsWith('networking.k8s.io/');
}

function inNamespace(object: Json, namespace: string): Json {
  const metadata = record(object.metadata);
  return text(metadata.namespace) === '' ? { ...object, metadata: { ...metadata, namespace } } : object;
}
