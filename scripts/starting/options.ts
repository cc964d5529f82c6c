import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  /** A real cluster's kubeconfig, absolute; undefined starts the practice lab. */
  kubeconfig: string | undefined;
  context: string | undefined;
  /** Port of VS Code in the browser; 0 is any free one. */
  port: number;
  /** Open the browser as well. */
  open: boolean;
  /** VS Code in the browser, even where a desktop VS Code is installed. */
  browser: boolean;
}

export const help = `npm start [-- OPTIONS]

Builds the extension and opens it in VS Code with a practice lab: a small simulated cluster on this machine.
Desktop VS Code is used if "code" is on the PATH, else VS Code in the browser.

  --kubeconfig FILE   use a real cluster instead of the practice lab
  --context NAME      the context of that kubeconfig; its current one by default
  --browser           use VS Code in the browser even if desktop VS Code is installed
  --port PORT         port of VS Code in the browser; any free one by default
  --no-open           print the address, do not open it
  --help
`;

/**
 * Reads the arguments of `npm start --`.
 * @throws with a text for people when they are wrong
 */
export async function readOptions(args: string[]): Promise<StartOptions | 'help'> {
  const { values } = parseArgs({
    args,
    options: {
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      port: { type: 'string', default: '0' },
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port ${values.port}: a port is a number from 1 to 65535.`);
  }
  if (values.context !== undefined && values.kubeconfig === undefined) {
    throw new Error('--context needs --kubeconfig: the practice lab has only one context.');
  }
  // npm changes to the project's folder; a relative path was meant from where it was typed.
  const from = process.env.INIT_CWD ?? process.cwd();
  const kubeconfig = values.kubeconfig === undefined ? undefined : path.resolve(from, values.kubeconfig);
  if (kubeconfig !== undefined) {
    await access(kubeconfig, constants.R_OK).catch(() => {
      throw new Error(`--kubeconfig ${kubeconfig}: there is no such file, or it cannot be read.`);
    });
  }
  return {
    kubeconfig,
    context: values.context,
    port,
    open: !values['no-open'],
    browser: values.browser,
  };
}
