/*
 * Closing an exec's connection does not end its process (Kubernetes has no request for that). What can be done without
 * changing how the process is started: a second exec looks for it and ends it. A process that an exec started has no
 * parent in its container (its parent is the runtime, outside), and its whole argv is known.
 */

/** Constant: parent and argv come as arguments. Ends the one process that fits; of several it cannot tell which. */
const script = `exec 2>/dev/null
parent=$1
shift
wanted=$(printf %s "$@"; echo .)
found=
for folder in /proc/[0-9]*; do
  pid=\${folder#/proc/}
  read -r stat < "$folder/stat" || continue
  set -- \${stat##*)}
  [ "$2" = "$parent" ] && [ "$pid" != 1 ] && [ "$pid" != "$$" ] || continue
  [ "$(tr -d '\\000' < "$folder/cmdline"; echo .)" = "$wanted" ] || continue
  [ -z "$found" ] || exit 3
  found=$pid
done
[ -n "$found" ] && kill "$found"`;

/** What the container's runtime is called inside the container. */
const noParent = 0;

/**
 * The argv of a program that ends the process which an exec of `command` started, in the same container. It does
 * nothing where the image has no sh or tr, or where two such processes run.
 */
export function endProcessCommand(command: readonly string[], parent = noParent): readonly string[] {
  return ['sh', '-c', script, 'sh', String(parent), ...command];
}
