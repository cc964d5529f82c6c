import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { labelOf } from '../attempt.ts';
import type { Exec, ExecOutcome } from '../exec.ts';
import { decidingLine } from '../reading.ts';

/** The lesson's `apt update && apt install curl`, and the same for the other families of images. Constants. */
const commands: Readonly<Record<string, string>> = {
  'apt-get':
    'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends curl',
  apk: 'apk add --no-cache curl',
  dnf: 'dnf install -y curl',
  microdnf: 'microdnf install -y curl',
  yum: 'yum install -y curl',
};

/** Only looks: who runs there, and the first package manager. */
const lookScript = `
id -u 2>/dev/null || echo unknown
for manager in ${Object.keys(commands).join(' ')}; do
  if command -v "$manager" >/dev/null 2>&1; then echo "$manager"; exit 0; fi
done
echo none
`.trim();

const impossibleCode = 'install-impossible';
const lookMs = 15_000;
const mostMs = 180_000;

/**
 * The command that installs curl in a container; nothing is changed yet.
 * @throws ExplainedError where there is no shell, no package manager, or the container does not run as root.
 */
export async function installCommand(exec: Exec, at: ContainerRef, signal: AbortSignal): Promise<string> {
  const request = { target: at, command: ['sh', '-c', lookScript], timeoutMs: lookMs };
  const outcome = await exec.run(request, signal);
  if (outcome.is === 'program-missing') throw impossible(at, t('its image has no shell'));
  if (outcome.is !== 'exited' || outcome.exitCode !== 0) throw impossible(at, wordsOf(outcome, lookMs));
  const [user = '', manager = ''] = outcome.stdout.split('\n').map((line) => line.trim());
  const command = Object.hasOwn(commands, manager) ? commands[manager] : undefined;
  if (command === undefined) throw impossible(at, t('its image has no package manager'));
  if (/^[1-9]/.test(user)) throw impossible(at, t('it runs as user {0}, and {1} needs root', user, manager));
  return command;
}

/**
 * Installs curl in a container.
 * @param command of `installCommand`.
 * @throws ExplainedError with the package manager's last words: a read-only root, no way to its servers.
 */
export async function installCurl(
  exec: Exec,
  at: ContainerRef,
  command: string,
  signal: AbortSignal,
): Promise<void> {
  const outcome = await exec.run({ target: at, command: ['sh', '-c', command], timeoutMs: mostMs }, signal);
  if (outcome.is === 'exited' && outcome.exitCode === 0) return;
  throw new ExplainedError(
    'install-failed',
    t('curl could not be installed in {0}: {1}', labelOf(at), oneLine(wordsOf(outcome, mostMs), 400)),
    {
      remedy: t(
        'Its root file system may be read-only, or a network policy or the cluster’s DNS keeps it from the package servers.',
      ),
    },
  );
}

/** Whether an error says that installing need not be tried. */
export function isImpossible(error: unknown): boolean {
  return error instanceof ExplainedError && error.code === impossibleCode;
}

function wordsOf(outcome: ExecOutcome, limitMs: number): string {
  if (outcome.is === 'exited') {
    const { stderr, stdout, exitCode } = outcome;
    return decidingLine(stderr) || decidingLine(stdout) || t('exit code {0}', exitCode);
  }
  return outcome.is === 'timed-out' ? t('it took more than {0} s', limitMs / 1_000) : outcome.message;
}

function impossible(at: ContainerRef, why: string): ExplainedError {
  return new ExplainedError(
    impossibleCode,
    t('curl cannot be installed in {0}: {1}', labelOf(at), oneLine(why, 400)),
    { remedy: t('Allow an ephemeral container, or a client pod, instead.') },
  );
}
