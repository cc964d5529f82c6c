import * as vscode from 'vscode';
import { commands, views } from '../host/ids.ts';
import { pickOne, type Choice } from '../host/pickOne.ts';
import type { LabScenario, PracticeLab } from '../host/practiceLab.ts';
import type { Session } from '../host/session.ts';
import { confirm, inView } from './lab.ts';

/** The scenario in which all is well. */
const theLesson = 'lesson';

/**
 * Lets the user choose a fault, starts the practice lab with it, and offers the question that it answers.
 * @throws CancelledError; ExplainedError where the lab does not say what it has.
 */
export async function startScenario(session: Session, lab: PracticeLab): Promise<void> {
  const picked = await pickOne<LabScenario>({
    title: vscode.l10n.t('Practise a Fault'),
    placeholder: vscode.l10n.t('What shall be wrong in the practice lab?'),
    nothing: vscode.l10n.t('The practice lab has nothing to practise'),
    load: async (signal) => {
      const scenarios = (await lab.scenarios(signal)).filter(({ ask }) => ask !== undefined);
      return [...askAgain(lab), ...surprise(scenarios), ...scenarios.map(choiceOf)];
    },
  });
  if (picked.is === 'back') return;
  const scenario = picked.value;
  if (scenario === lab.practised && lab.isRunning) {
    void offerQuestion(scenario);
    return;
  }
  if (lab.isRunning) {
    await confirm(
      vscode.l10n.t('Start the practice lab anew?'),
      vscode.l10n.t('All that was created or changed in it is lost.'),
      vscode.l10n.t('Start Anew'),
    );
  }
  await inView(async () => {
    await lab.stop();
    lab.practised = scenario;
    await session.useLab();
  });
  if (session.state.is !== 'open') return;
  await vscode.commands.executeCommand(`${views.cluster}.focus`);
  // Nobody has to answer: the lab is there whether or not the question is asked now.
  void offerQuestion(scenario);
}

/** The question of what is practised already: its message is soon gone. */
function askAgain({ practised, isRunning }: PracticeLab): Choice<LabScenario>[] {
  if (!isRunning || practised === undefined || practised.id === theLesson) return [];
  return [
    {
      label: vscode.l10n.t('Ask Again'),
      description: questionOf(practised),
      icon: 'comment-discussion',
      value: practised,
    },
  ];
}

/** One of them all, whose title does not tell what is wrong. */
function surprise(scenarios: readonly LabScenario[]): Choice<LabScenario>[] {
  const faults = scenarios.filter(({ id }) => id !== theLesson);
  const drawn = faults[Math.floor(Math.random() * faults.length)];
  if (drawn === undefined) return [];
  return [
    {
      label: vscode.l10n.t('Surprise Me'),
      description: vscode.l10n.t('one of {0} faults, which is not named', faults.length),
      icon: 'question',
      value: { ...drawn, title: vscode.l10n.t('Something is wrong in the practice lab.') },
    },
  ];
}

/** The sentence tells the fault, so the id, which names its cause, comes second. */
function choiceOf(scenario: LabScenario): { label: string; description: string; value: LabScenario } {
  return { label: scenario.title, description: scenario.id, value: scenario };
}

function questionOf({ title, ask }: LabScenario): string {
  if (ask === undefined) return title;
  return vscode.l10n.t('{0} Why does {1} not reach {2} as hoped?', title, ask.from, ask.to);
}

async function offerQuestion(scenario: LabScenario): Promise<void> {
  const { id, ask } = scenario;
  if (ask === undefined || id === theLesson) return;
  const explain = vscode.l10n.t('Explain Connection');
  const answer = await vscode.window.showInformationMessage(questionOf(scenario), explain);
  if (answer === explain) await vscode.commands.executeCommand(commands.explainConnection, ask);
}
