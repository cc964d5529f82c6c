import { openConnection } from '../network/connection.ts';
import { openUdp } from '../network/udp.ts';
import { resolveHost } from '../network/resolver.ts';
import { Descriptor } from '../system/descriptors.ts';
import { messageOf, SystemError } from '../system/errors.ts';
import { openPath } from '../system/open.ts';
import { openText } from '../system/openFiles.ts';
import type { RedirectionNode, WordNode } from './ast.ts';
import { Expander } from './expand.ts';
import { ShellError } from './flow.ts';
import type { Shell } from './shell.ts';

const firstOwnDescriptor = 10;

/**
 * Carries redirections out in order.
 * @returns what puts the descriptors back as they were
 * @throws ShellError after those carried out so far have been put back
 */
export async function redirect(shell: Shell, nodes: readonly RedirectionNode[]): Promise<() => void> {
  const undo: (() => void)[] = [];
  const undoAll = (): void => {
    for (const step of undo.reverse()) step();
  };
  try {
    for (const node of nodes) await one(shell, node, undo);
  } catch (error) {
    undoAll();
    throw error;
  }
  return undoAll;
}

async function one(shell: Shell, node: RedirectionNode, undo: (() => void)[]): Promise<void> {
  const { descriptors } = shell.process;
  const put = (number: number, descriptor: Descriptor | undefined): void => {
    const before = descriptors.has(number) ? descriptors.get(number).share() : undefined;
    undo.push(() => (before ? descriptors.set(number, before) : descriptors.close(number)));
    if (descriptor) descriptors.set(number, descriptor);
    else descriptors.close(number);
  };
  const target = async (byDefault: number): Promise<number> => {
    if (node.fdVariable === undefined) return Promise.resolve(node.fd ?? byDefault);
    let number = firstOwnDescriptor;
    while (descriptors.has(number)) number++;
    shell.set(node.fdVariable, String(number));
    return number;
  };
  if (node.target.type === 'HereDoc') {
    const { quoted, stripTabs } = node.target;
    const content = stripTabs ? withoutTabs(node.target.content) : node.target.content;
    const text = quoted
      ? content.parts.map((part) => ('value' in part ? part.value : '')).join('')
      : await new Expander(shell).text(content);
    put(await target(0), new Descriptor(openText(text)));
    return;
  }
  const expander = new Expander(shell);
  if (node.operator === '<<<') {
    put(await target(0), new Descriptor(openText(`${await expander.text(node.target)}\n`)));
    return;
  }
  const words = await expander.words([node.target]);
  const [word] = words;
  if (word === undefined || words.length > 1) throw new ShellError('ambiguous redirect');
  switch (node.operator) {
    case '<':
      put(
        await target(0),
        await open(shell, word, { read: true, write: false, append: false, truncate: false }),
      );
      return;
    case '>':
    case '>|': {
      const full = shell.process.absolute(word);
      if (
        node.operator === '>' &&
        shell.options.noclobber &&
        shell.process.files.find(full)?.type === 'file'
      ) {
        throw new ShellError(`${word}: cannot overwrite existing file`);
      }
      put(
        await target(1),
        await open(shell, word, { read: false, write: true, append: false, truncate: true }),
      );
      return;
    }
    case '>>':
      put(
        await target(1),
        await open(shell, word, { read: false, write: true, append: true, truncate: false }),
      );
      return;
    case '<>':
      put(
        await target(0),
        await open(shell, word, { read: true, write: true, append: false, truncate: false }),
      );
      return;
    case '&>':
    case '&>>': {
      const append = node.operator === '&>>';
      const file = await open(shell, word, { read: false, write: true, append, truncate: !append });
      put(1, file);
      put(2, file.share());
      return;
    }
    case '>&':
    case '<&': {
      const number = await target(node.operator === '>&' ? 1 : 0);
      if (word === '-') put(number, undefined);
      else if (/^\d+-?$/.test(word)) {
        const from = Number(word.replace('-', ''));
        if (!descriptors.has(from)) throw new ShellError(`${word}: ${new SystemError('EBADF').text}`);
        put(number, descriptors.get(from).share());
        if (word.endsWith('-')) put(from, undefined);
      } else if (node.operator === '>&') {
        const file = await open(shell, word, { read: false, write: true, append: false, truncate: true });
        put(1, file);
        put(2, file.share());
      } else throw new ShellError(`${word}: ambiguous redirect`);
      return;
    }
    case '<<':
    case '<<-':
  }
}

/** `<<-`: the tabs at the beginning of lines go, those that expansions bring stay. */
function withoutTabs(word: WordNode): WordNode {
  const parts = word.parts.map((part, index) => {
    if (!('value' in part)) return part;
    const value = part.value.replace(/\n\t+/g, '\n');
    return { ...part, value: index === 0 ? value.replace(/^\t+/, '') : value };
  });
  return { ...word, parts };
}

async function open(
  shell: Shell,
  path: string,
  mode: { read: boolean; write: boolean; append: boolean; truncate: boolean },
): Promise<Descriptor> {
  const socket = shell.flavour.bashisms ? /^\/dev\/(tcp|udp)\/([^/]+)\/([^/]+)$/.exec(path) : null;
  if (socket) return connect(shell, path, socket[1] === 'udp', socket[2] ?? '', socket[3] ?? '');
  try {
    return openPath(shell.process, path, mode);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    throw new ShellError(shell.flavour.cannotOpen(path, error, mode.write), {
      status: shell.flavour.name === 'dash' ? 2 : 1,
    });
  }
}

/** bash's `/dev/tcp/HOST/PORT` and `/dev/udp/HOST/PORT`: a socket as a descriptor. */
async function connect(
  shell: Shell,
  path: string,
  isUdp: boolean,
  host: string,
  service: string,
): Promise<Descriptor> {
  const { process } = shell;
  const port = Number(service);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    await process.printError(`${shell.name}: ${service}: invalid service\n`);
    throw new ShellError(`${path}: ${new SystemError('EINVAL').text}`);
  }
  const found = await resolveHost(process, host);
  if (found.kind !== 'found') {
    await process.printError(`${shell.name}: ${host}: ${found.text}\n`);
    throw new ShellError(`${path}: ${new SystemError('EINVAL').text}`);
  }
  // A datagram socket is connected without a packet; what is wrong shows when it is read.
  if (isUdp) return new Descriptor(openUdp(process.kernel.network, found.addresses[0] ?? '', port));
  let last: unknown;
  for (const address of found.addresses) {
    try {
      return new Descriptor(
        openConnection(await process.kernel.network.connect(address, port, process.signal)),
      );
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      last = error;
    }
  }
  await process.printError(`${shell.name}: connect: ${messageOf(last)}\n`);
  throw new ShellError(`${path}: ${messageOf(last)}`);
}
