/** The C library's texts for the errors that programs in the lab meet. */
const texts = {
  EACCES: 'Permission denied',
  EAGAIN: 'Resource temporarily unavailable',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EBADF: 'Bad file descriptor',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EEXIST: 'File exists',
  EHOSTUNREACH: 'No route to host',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENETUNREACH: 'Network is unreachable',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ETIMEDOUT: 'Connection timed out',
  EXDEV: 'Invalid cross-device link',
} as const;

export type ErrorCode = keyof typeof texts;

/** What `strerror` says of an error code. */
export function errorText(code: ErrorCode): string {
  return texts[code];
}

/** A failed system call. The message has Node's form, which just-bash's commands read. */
export class SystemError extends Error {
  override readonly name = 'SystemError';
  readonly code: ErrorCode;
  /** The text alone, as a program prints it. */
  readonly text: string;

  constructor(code: ErrorCode, path?: string) {
    super(`${code}: ${texts[code].toLowerCase()}${path === undefined ? '' : `, open '${path}'`}`);
    this.code = code;
    this.text = texts[code];
  }
}

const nodeStyle = new RegExp(`\\b(${Object.keys(texts).join('|')}): [a-z /-]+(?:, \\w+ '[^'\\n]*')?`, 'g');

/** Puts the C library's texts where a command printed an error in Node's form. */
export function withErrorTexts(output: string): string {
  return output.replace(nodeStyle, (_, code: ErrorCode) => texts[code]);
}

/** The text for the user of whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof SystemError) return error.text;
  return error instanceof Error ? error.message : String(error);
}
