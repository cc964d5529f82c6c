import type { Connection } from '../network/connection.ts';
import { SystemError } from '../system/errors.ts';
import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';
import { logLine, serveUntilEnd } from './serving.ts';

/**
 * Databases as far as a network test sees them: redis understands a few commands, MySQL greets first, PostgreSQL
 * waits for the client. None stores anything.
 */
export const databases: Readonly<Record<string, Program>> = {
  'redis-server': (process) =>
    serve(process, portOption(process, 6379), '* Ready to accept connections tcp', redis),
  postgres: (process) =>
    needs(
      process,
      'POSTGRES_PASSWORD',
      'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser.',
      'POSTGRES_HOST_AUTH_METHOD',
      () => serve(process, 5432, 'LOG:  database system is ready to accept connections', postgres),
    ),
  mysqld: (process) =>
    needs(
      process,
      'MYSQL_ROOT_PASSWORD',
      '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD',
      'MYSQL_ALLOW_EMPTY_PASSWORD',
      () =>
        serve(
          process,
          3306,
          '[System] [MY-010931] [Server] mysqld: ready for connections. port: 3306',
          mysql,
        ),
    ),
};

async function needs(
  process: Process,
  variable: string,
  said: string,
  alternative: string,
  run: () => Promise<number>,
): Promise<number> {
  if (process.environment.has(variable) || process.environment.has(alternative)) return run();
  await process.printError(`${said}\n`);
  return 1;
}

function portOption(process: Process, byDefault: number): number {
  const index = process.argv.indexOf('--port');
  return index === -1 ? byDefault : Number(process.argv[index + 1]);
}

async function serve(
  process: Process,
  port: number,
  ready: string,
  talk: (connection: Connection) => void,
): Promise<number> {
  try {
    const listener = process.kernel.network.listen(
      '::',
      port,
      process.argv[0]?.split('/').at(-1) ?? '',
      talk,
    );
    logLine(process, 1, `1:M ${new Date().toISOString()} ${ready}\n`);
    return await serveUntilEnd(process, [listener]);
  } catch (error) {
    if (!(error instanceof SystemError) || error.code !== 'EADDRINUSE') throw error;
    await process.printError(
      `Warning: Could not create server TCP listening socket *:${port}: bind: ${error.text}\n`,
    );
    return 1;
  }
}

/** PING, ECHO, GET, SET, INFO and QUIT, as plain lines or in the protocol's arrays. */
function redis(connection: Connection): void {
  const values = new Map<string, string>();
  let buffered = '';
  connection.on('data', (chunk: Buffer) => {
    buffered += chunk.toString();
    if (buffered.length > 1_048_576) connection.reset();
    for (
      let request = nextRedisCommand(buffered);
      request !== undefined;
      request = nextRedisCommand(buffered)
    ) {
      buffered = buffered.slice(request.length);
      // An HTTP request that strayed here: redis ends the connection.
      if (/^(post|host:)$/i.test(request.words[0] ?? '')) {
        connection.end();
        return;
      }
      if (request.words.length > 0) connection.write(redisAnswer(request.words, values));
      if (request.words[0]?.toUpperCase() === 'QUIT') connection.end();
    }
  });
  connection.on('end', () => connection.end());
}

function nextRedisCommand(text: string): { words: string[]; length: number } | undefined {
  const line = /^([^\r\n]*)\r?\n/.exec(text);
  if (line === null) return undefined;
  const count = /^\*(\d+)$/.exec(line[1] ?? '')?.[1];
  if (count === undefined)
    return { words: (line[1] ?? '').split(/\s+/).filter((word) => word !== ''), length: line[0].length };
  const words: string[] = [];
  let at = line[0].length;
  for (let index = 0; index < Number(count); index++) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at));
    if (size === null) return undefined;
    const start = at + size[0].length;
    const end = start + Number(size[1]);
    if (text.length < end + 2) return undefined;
    words.push(text.slice(start, end));
    at = end + 2;
  }
  return { words, length: at };
}

function redisAnswer([command = '', ...args]: readonly string[], values: Map<string, string>): string {
  const bulk = (text: string | undefined): string =>
    text === undefined ? '$-1\r\n' : `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
  switch (command.toUpperCase()) {
    case 'PING':
      return args[0] === undefined ? '+PONG\r\n' : bulk(args[0]);
    case 'ECHO':
      return bulk(args[0] ?? '');
    case 'SET':
      values.set(args[0] ?? '', args[1] ?? '');
      return '+OK\r\n';
    case 'GET':
      if (args.length !== 1) return "-ERR wrong number of arguments for 'get' command\r\n";
      return bulk(values.get(args[0] ?? ''));
    case 'INFO':
      return bulk('# Server\r\nredis_version:7.4.5\r\nredis_mode:standalone (practice lab)\r\n');
    case 'QUIT':
      return '+OK\r\n';
    default:
      return `-ERR unknown command '${command}', with args beginning with: ${args.map((word) => `'${word}' `).join('')}\r\n`;
  }
}

/** MySQL's greeting comes before the client says anything. */
function mysql(connection: Connection): void {
  const version = Buffer.from('8.4.6-practice-lab\0');
  const rest = Buffer.from('0800000001020304050607080 0ff'.replaceAll(' ', '').padEnd(88, '0'), 'hex');
  const body = Buffer.concat([Buffer.from([10]), version, rest]);
  connection.write(Buffer.concat([Buffer.from([body.length, 0, 0, 0]), body]));
  connection.on('data', () =>
    connection.end(
      Buffer.from('1700000 2ff15042332383030304163636573732064656e696564'.replaceAll(' ', ''), 'hex'),
    ),
  );
  connection.on('end', () => connection.end());
}

/** PostgreSQL answers a start-up packet by asking for a password, anything else by closing. */
function postgres(connection: Connection): void {
  connection.on('data', (chunk: Buffer) => {
    const sslRequest = chunk.length === 8 && chunk.readUInt32BE(4) === 80_877_103;
    if (sslRequest) connection.write('N');
    else if (chunk.length > 8 && chunk.readUInt32BE(0) === chunk.length)
      connection.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
    else connection.end();
  });
  connection.on('end', () => connection.end());
}
