/** What `-w` can tell about a transfer; times are in milliseconds since its start, 0 when not reached. */
export interface TransferFacts {
  readonly url: string;
  /** Its place in the command line, from 0. */
  readonly urlNumber: number;
  readonly effectiveUrl: string;
  readonly method: string;
  readonly httpCode: number;
  readonly httpVersion: string;
  readonly contentType: string;
  readonly nameLookup: number;
  readonly connect: number;
  readonly appConnect: number;
  readonly startTransfer: number;
  readonly total: number;
  readonly redirect: number;
  readonly redirects: number;
  readonly redirectUrl: string;
  readonly remoteIp: string;
  readonly remotePort: number;
  readonly localIp: string;
  readonly localPort: number;
  readonly sizeDownload: number;
  readonly sizeHeader: number;
  readonly sizeRequest: number;
  readonly sizeUpload: number;
  readonly connects: number;
  readonly exitCode: number;
  readonly errorMessage: string;
  readonly scheme: string;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(6);
const code = (facts: TransferFacts): string => String(facts.httpCode).padStart(3, '0');

const variables: Readonly<Record<string, (facts: TransferFacts) => string>> = {
  http_code: code,
  response_code: code,
  http_version: ({ httpVersion }) => httpVersion,
  http_connect: () => '000',
  content_type: ({ contentType }) => contentType,
  time_namelookup: ({ nameLookup }) => seconds(nameLookup),
  time_connect: ({ connect }) => seconds(connect),
  time_appconnect: ({ appConnect }) => seconds(appConnect),
  time_pretransfer: ({ connect, appConnect }) => seconds(Math.max(connect, appConnect)),
  time_starttransfer: ({ startTransfer }) => seconds(startTransfer),
  time_total: ({ total }) => seconds(total),
  time_redirect: ({ redirect }) => seconds(redirect),
  remote_ip: ({ remoteIp }) => remoteIp,
  remote_port: ({ remotePort }) => String(remotePort),
  local_ip: ({ localIp }) => localIp,
  local_port: ({ localPort }) => String(localPort),
  num_connects: ({ connects }) => String(connects),
  num_redirects: ({ redirects }) => String(redirects),
  redirect_url: ({ redirectUrl }) => redirectUrl,
  size_download: ({ sizeDownload }) => String(sizeDownload),
  size_header: ({ sizeHeader }) => String(sizeHeader),
  size_request: ({ sizeRequest }) => String(sizeRequest),
  size_upload: ({ sizeUpload }) => String(sizeUpload),
  speed_download: ({ sizeDownload, total }) =>
    String(total === 0 ? 0 : Math.floor((sizeDownload * 1000) / total)),
  speed_upload: ({ sizeUpload, total }) => String(total === 0 ? 0 : Math.floor((sizeUpload * 1000) / total)),
  ssl_verify_result: () => '0',
  url: ({ url }) => url,
  url_effective: ({ effectiveUrl }) => effectiveUrl,
  method: ({ method }) => method,
  scheme: ({ scheme }) => scheme.toUpperCase(),
  exitcode: ({ exitCode }) => String(exitCode),
  errormsg: ({ errorMessage }) => errorMessage,
  urlnum: ({ urlNumber }) => String(urlNumber),
  stdout: () => '',
};

/** Fills a `-w` format in. Variables that curl 7.88 does not know are reported in `unknown`. */
export function formatWriteOut(
  format: string,
  facts: TransferFacts,
): { text: string; unknown: readonly string[] } {
  const unknown: string[] = [];
  const text = format.replace(/%%|%\{([^}]*)\}|\\([ntr])/g, (all: string, name?: string, escape?: string) => {
    if (escape !== undefined) return { n: '\n', t: '\t', r: '\r' }[escape] ?? all;
    if (name === undefined) return '%';
    const variable = variables[name];
    if (variable) return variable(facts);
    if (name === 'json')
      return JSON.stringify(
        Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, value(facts)])),
      );
    unknown.push(name);
    return '';
  });
  return { text, unknown };
}
