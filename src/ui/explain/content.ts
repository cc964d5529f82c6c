import * as vscode from 'vscode';
import { manyLines, oneLine } from '../../base/hostileText.ts';
import { shellQuote } from '../../base/shellQuote.ts';
import type { CheckRecord } from '../../probe/check.ts';
import { kubectlCommand, milliseconds, verdictSaid } from '../../probe/report.ts';
import type { Evidence, Finding, Fix, Hop } from '../../trace/types.ts';
import { say } from '../host/say.ts';
import type {
  ExplainCause,
  ExplainContent,
  ExplainEvidence,
  ExplainHop,
} from '../panels/protocol/explain.ts';
import { isManifest } from './fixObject.ts';
import type { Look } from './look.ts';
import type { Question } from './question.ts';
import { shortRef } from './titles.ts';
import { certaintyWord, headline, hopAbout, hopTitle, sentence, statusWord } from './words.ts';

/** Where and when it was looked. */
export interface Circumstances {
  readonly simulated: boolean;
  readonly at: Date;
}

const mostEvidence = 50;

/** What the page shows of an answer; `running` while probes may still change it. */
export function contentOf(
  question: Question,
  { trace, probes }: Look,
  circumstances: Circumstances,
  running = false,
): ExplainContent {
  const { context, probe } = question;
  return {
    ...frame(question, circumstances.simulated),
    how: howText(probes, running, circumstances.at),
    verdict: running ? 'running' : trace.verdict,
    headline: running
      ? vscode.l10n.t('Following {0} to {1}', shortRef(trace.from), shortRef(trace.to))
      : oneLine(headline(trace)),
    sentence: running
      ? vscode.l10n.t('This is what the objects say. Probes are running.')
      : oneLine(sentence(trace, probes > 0), 1_000),
    hops: trace.hops.map((hop) => hopOf(hop, context)),
    causes: running ? [] : trace.causes.map((cause) => causeOf(cause, question.files !== true)),
    notSeen: running ? [] : trace.notSeen.map((line) => oneLine(line, 500)),
    can: {
      runAgain: !running,
      probe: !running && question.files !== true && !(probe && probes > 0),
      copy: !running,
    },
  };
}

/** What the page shows before anything is known. */
export function emptyContent(question: Question, simulated: boolean): ExplainContent {
  return {
    ...frame(question, simulated),
    how: '',
    verdict: 'running',
    headline: vscode.l10n.t('Following {0} to {1}', shortRef(question.from), shortRef(question.to)),
    sentence: vscode.l10n.t('The cluster is being read.'),
    hops: [],
    causes: [],
    notSeen: [],
    can: { runAgain: false, probe: false, copy: false },
  };
}

/** The content after a look that came to no answer: the hops stay as far as they are known. */
export function stoppedContent(before: ExplainContent, why: string, details: string): ExplainContent {
  return {
    ...before,
    verdict: 'stopped',
    headline: oneLine(why),
    sentence: oneLine(details, 1_000),
    can: { runAgain: true, probe: true, copy: false },
  };
}

function frame(question: Question, simulated: boolean): Pick<ExplainContent, 'from' | 'to' | 'place'> {
  const context = oneLine(question.context);
  return {
    from: oneLine(question.from),
    to: oneLine(question.to),
    place:
      question.files === true
        ? vscode.l10n.t("The workspace's manifests, as if applied to an empty cluster. Nothing runs there.")
        : simulated
          ? vscode.l10n.t('Context {0}: the practice lab. Its network is simulated.', context)
          : vscode.l10n.t('Context {0}', context),
  };
}

function howText(probes: number, running: boolean, at: Date): string {
  if (running) return '';
  const time = at.toLocaleTimeString();
  return probes === 0
    ? vscode.l10n.t('By the objects alone, at {0}', time)
    : probes === 1
      ? vscode.l10n.t('By the objects and one probe, at {0}', time)
      : vscode.l10n.t('By the objects and {0} probes, at {1}', probes, time);
}

function hopOf({ hop, status, evidence, probe }: Hop, context: string): ExplainHop {
  return {
    id: hop,
    title: hopTitle(hop),
    about: hopAbout(hop),
    status,
    word: statusWord(status),
    evidence: withoutRepeats(evidence).slice(0, mostEvidence).map(evidenceOf),
    ...(probe && { probe: probeOf(probe, context) }),
  };
}

/** A statement that stands there again with its object needs not stand there without. */
function withoutRepeats(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(
    ({ text, object }, index) =>
      object !== undefined ||
      !evidence.some(
        (other, at) => at !== index && other.text === text && (other.object !== undefined || at < index),
      ),
  );
}

function evidenceOf({ text, object, path }: Evidence): ExplainEvidence {
  return {
    text: oneLine(text, 1_000),
    ...(object !== undefined && { object: oneLine(object) }),
    ...(path !== undefined && { path: oneLine(path) }),
  };
}

function probeOf(record: CheckRecord, context: string): NonNullable<ExplainHop['probe']> {
  const { total } = record.timingsMs;
  const details = [
    record.tool === 'none' ? '' : record.tool,
    record.exitCode === null ? '' : vscode.l10n.t('exit code {0}', record.exitCode),
    total === null ? '' : milliseconds(total),
  ];
  return {
    command: oneLine(kubectlCommand(record, context) ?? shellQuote(record.command), 4_000),
    output: manyLines(record.output.trim(), 16_384),
    outcome: oneLine(verdictSaid(record, say)),
    details: details.filter(Boolean).join(' · '),
  };
}

function causeOf(finding: Finding, applies: boolean): ExplainCause {
  return {
    id: finding.id,
    summary: oneLine(finding.summary, 1_000),
    certainty: finding.certainty,
    word: certaintyWord(finding.certainty),
    evidence: finding.evidence
      .slice(0, mostEvidence)
      // Said above already: only where it was read is new.
      .map((evidence) => evidenceOf(evidence.text === finding.summary ? { ...evidence, text: '' } : evidence))
      .filter(({ text, object }) => text !== '' || object !== undefined),
    fixes: finding.fixes.map((fix) => fixOf(fix, applies)),
  };
}

/** @param applies whether there is a cluster to apply it to. */
function fixOf({ title, yaml, command }: Fix, applies: boolean): ExplainCause['fixes'][number] {
  return {
    title: oneLine(title, 500),
    ...(yaml !== undefined && { yaml: manyLines(yaml) }),
    ...(command !== undefined && { command: oneLine(command, 2_000) }),
    canApply: applies && yaml !== undefined && isManifest(yaml),
  };
}
