import { ExplainedError } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { ContainerRef } from '../../model/terminal.ts';
import { labelOf } from '../attempt.ts';
import type { Exec } from '../exec.ts';
import { decidingLine } from '../reading.ts';

/** The lesson's `apt update && apt install curl`, and the same for the other families of images. A constant. */
const script = `
if command -v apt-get >/dev/null 2>&1; then
  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends curl
elif command -v apk >/dev/null 2>&1; then apk add --no-cache curl
elif command -v dnf >/dev/null 2>&1; then dnf install -y curl
elif command -v microdnf >/dev/null 2>&1; then microdnf install -y curl
elif command -v yum >/dev/null 2>&1; then yum install -y curl
else echo 'no package manager' >&2; exit 127
fi
`.trim();

const mostMs = 180_000;

/**
 * Installs curl in a container with the package manager of its image.
 * @throws ExplainedError with the package manager's last words: no rights, no way to its servers, none there.
 */
export async function installCurl(exec: Exec, at: ContainerRef, signal: AbortSignal): Promise<void> {
  const outcome = await exec.run({ target: at, command: ['sh', '-c', script], timeoutMs: mostMs }, signal);
  if (outcome.is === 'exited' && outcome.exitCode === 0) return;
  const said =
    outcome.is === 'exited'
      ? decidingLine(outcome.stderr) || decidingLine(outcome.stdout)
      : outcome.is === 'timed-out'
        ? `it took more than ${mostMs / 1_000} s`
        : outcome.message;
  throw new ExplainedError(
    'install-failed',
    `curl could not be installed in ${labelOf(at)}: ${oneLine(said, 400)}`,
    {
      remedy: 'The container may not run as root, or may not reach the package servers.',
    },
  );
}
