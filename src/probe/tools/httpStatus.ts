/** The first HTTP status line in a text, as `wget -S` prints it: redirects lead elsewhere, the first answer counts. */
export function firstHttpStatus(text: string): number | undefined {
  const status = /(?:^|[\s:])HTTP\/\d(?:\.\d)? ([1-5]\d\d)(?:\s|$)/m.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}
