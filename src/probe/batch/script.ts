import type { CheckTarget } from '../check.ts';
import type { Limits, Probe } from '../reading.ts';

/*
 * Many checks in one exec. The script is a constant; what it runs comes as arguments (templates: the words of a
 * probe's own command, with marks where the target belongs), what it asks comes on stdin, one target a line, closed
 * by END since servers before 1.30 cannot end stdin. Nothing is ever put into the script.
 *
 * Arguments: how many run at once, the words after which to ask again, then @http, @https, @tcp and @again, each
 * followed by its template. One line out a target:
 *   KN1|id|first or again|exit code|what it printed, line breaks as U+001E
 * and at the end KNEND|count. Tried in dash, bash and BusyBox ash.
 */
const script = `
set -f
RS=$(printf '\\036')
NL='
'
wave=$1 pattern=$2
shift 2
ask() {
  section=$1
  shift
  while [ $# -gt 0 ] && [ "$1" != "$section" ]; do shift; done
  [ $# -eq 0 ] && return 127
  shift
  left=$# over=
  while [ "$left" -gt 0 ]; do
    word=$1
    shift
    left=$((left - 1))
    case $word in
      @http | @https | @tcp | @again) over=1 ;;
      @URL) word=$kind://$at$path ;;
      @HTTPURL) word=http://$at/ ;;
      @HOST) word=$host ;;
      @PORT) word=$port ;;
      @AT) word=$at ;;
      @PATH) word=$path ;;
    esac
    [ -n "$over" ] || set -- "$@" "$word"
  done
  "$@" 2>&1 </dev/null
}
one() {
  said=$(ask "@$kind" "$@")
  code=$? look=first
  if [ -n "$pattern" ]; then
    case $said in
      *"$pattern"*)
        again=$(ask @again "$@")
        code2=$?
        if [ "$code2" -ne 126 ] && [ "$code2" -ne 127 ]; then
          said=$again code=$code2 look=again
        fi
        ;;
    esac
  fi
  IFS=$NL
  set -- $said
  IFS=$RS
  printf 'KN1|%s|%s|%s|%.1500s\\n' "$id" "$look" "$code" "$*"
}
count=0 running=0
while IFS='|' read -r id kind host port path; do
  [ "$id" = END ] && break
  case $host in *:*) at="[$host]:$port" ;; *) at=$host:$port ;; esac
  one "$@" </dev/null &
  count=$((count + 1)) running=$((running + 1))
  if [ "$running" -ge "$wave" ]; then
    wait
    running=0
  fi
done
wait
printf 'KNEND|%s\\n' "$count"
`.trim();

/** A target that stands for any: its parts are looked for in a probe's command. */
const marked = { host: 'host.podnet.invalid', port: 65_534, path: '/path-podnet' };

/** A probe's command with marks in the place of the target's parts. */
function template(probe: Probe, scheme: CheckTarget['scheme'], limits: Limits): readonly string[] {
  const { host, port, path } = marked;
  const at = `${host}:${port}`;
  const marks = new Map([
    [`${scheme}://${at}${path}`, '@URL'],
    [`http://${at}/`, '@HTTPURL'],
    [host, '@HOST'],
    [String(port), '@PORT'],
    [at, '@AT'],
    [path, '@PATH'],
  ]);
  const target: CheckTarget = { ...marked, ref: '', scheme };
  return probe.command(target, limits).map((word) => marks.get(word) ?? word);
}

/** How a batch asks: a probe, and the one that looks again where the first said one of these words. */
export interface BatchProbe {
  readonly probe: Probe;
  readonly again?: { readonly probe: Probe; readonly pattern: string };
}

/** The argv of a batch; its targets go to stdin, see {@link batchInput}. */
export function batchCommand(
  { probe, again }: BatchProbe,
  limits: Limits,
  atOnce: number,
): readonly string[] {
  const sections = (['http', 'https', 'tcp'] as const).flatMap((scheme) => [
    `@${scheme}`,
    ...template(probe, scheme, limits),
  ]);
  // A second look is about the connection alone, whatever was to be asked over it.
  const second = again === undefined ? [] : ['@again', ...template(again.probe, 'tcp', limits)];
  return ['sh', '-c', script, 'sh', String(atOnce), again?.pattern ?? '', ...sections, ...second];
}

/** The lines for stdin. The index of a target is its id. */
export function batchInput(targets: readonly CheckTarget[]): string {
  const lines = targets.map(({ scheme, host, port, path }, id) =>
    [id, scheme, host, port, encoded(path)].join('|'),
  );
  return [...lines, 'END', ''].join('\n');
}

/** What would end a field or a line, percent-encoded as a URL may hold it anyway. */
function encoded(path: string): string {
  return path.replace(/[|\s]/g, (character) => encodeURIComponent(character));
}
