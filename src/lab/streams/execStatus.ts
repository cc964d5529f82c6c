/** The last word of an exec on channel 3, exactly as recorded from a real cluster. */
import type { JsonObject } from '../objects/json.ts';

/** v5 goes through the API server's translation, v4 straight to the kubelet: the texts differ. */
function nonZeroText(exitCode: number, command: readonly string[], isV5: boolean): string {
  const how = isV5
    ? `command terminated with exit code ${exitCode}`
    : `error executing command [${command.join(' ')}], exit code ${exitCode}`;
  return `command terminated with non-zero exit code: ${how}`;
}

/** Status of a process that ended, or that could not be started: then `notStarted` is the kubelet's text. */
export function execStatus(
  result: { exitCode: number } | { notStarted: string },
  command: readonly string[],
  isV5: boolean,
): JsonObject {
  if ('notStarted' in result) {
    const text = `Internal error occurred: ${result.notStarted}`;
    return {
      metadata: {},
      status: 'Failure',
      message: `Internal error occurred: ${text}`,
      reason: 'InternalError',
      details: { causes: [{ message: text }] },
      code: 500,
    };
  }
  if (result.exitCode === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: nonZeroText(result.exitCode, command, isV5),
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(result.exitCode) }] },
  };
}
