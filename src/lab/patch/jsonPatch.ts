/** RFC 6902 JSON patch. */
import { isObject, sameJson } from '../objects/json.ts';

/** The patch cannot be read or does not fit the document. */
export class PatchError extends Error {}

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/'))
    throw new PatchError(`the JSON pointer ${JSON.stringify(pointer)} lacks its "/"`);
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function missing(pointer: string): PatchError {
  return new PatchError(`the path ${JSON.stringify(pointer)} does not exist in the object`);
}

function indexOf(token: string, length: number, pointer: string): number {
  if (!/^(0|[1-9]\d*)$/.test(token) || Number(token) >= length) throw missing(pointer);
  return Number(token);
}

function read(document: unknown, pointer: string): unknown {
  let current = document;
  for (const token of parsePointer(pointer)) {
    if (Array.isArray(current)) current = current[indexOf(token, current.length, pointer)];
    else if (isObject(current) && Object.hasOwn(current, token)) current = current[token];
    else throw missing(pointer);
  }
  return current;
}

/** Changes the container of the path's last token; the document is changed in place. */
function change(
  document: unknown,
  pointer: string,
  value: unknown,
  kind: 'add' | 'remove' | 'replace',
): unknown {
  const tokens = parsePointer(pointer);
  const last = tokens.pop();
  if (last === undefined) return value;
  // Set as a field, it would change the object's prototype.
  if (last === '__proto__') throw missing(pointer);
  const parentPointer = pointer.slice(0, pointer.lastIndexOf('/'));
  const parent = read(document, parentPointer);
  if (Array.isArray(parent)) {
    const index =
      kind === 'add' && last === '-'
        ? parent.length
        : indexOf(last, parent.length + (kind === 'add' ? 1 : 0), pointer);
    if (kind === 'add') parent.splice(index, 0, value);
    else if (kind === 'remove') parent.splice(index, 1);
    else parent[index] = value;
  } else if (isObject(parent)) {
    if (kind !== 'add' && !Object.hasOwn(parent, last)) throw missing(pointer);
    if (kind === 'remove') Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  } else throw missing(pointer);
  return document;
}

function parseOperation(raw: unknown): Operation {
  if (!isObject(raw) || typeof raw.op !== 'string' || typeof raw.path !== 'string') {
    throw new PatchError('every operation of a JSON patch needs "op" and "path"');
  }
  const from = typeof raw.from === 'string' ? { from: raw.from } : {};
  return { op: raw.op, path: raw.path, value: raw.value, ...from };
}

/** Applies a JSON patch to a copy of the document; throws PatchError. */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new PatchError('a JSON patch is a list of operations');
  let result = structuredClone(document);
  for (const raw of patch) {
    const { op, path, from, value } = parseOperation(raw);
    if (op === 'add' || op === 'replace' || op === 'remove') result = change(result, path, value, op);
    else if ((op === 'move' || op === 'copy') && from !== undefined) {
      const moved = structuredClone(read(result, from));
      if (op === 'move') result = change(result, from, undefined, 'remove');
      result = change(result, path, moved, 'add');
    } else if (op === 'test') {
      if (!sameJson(read(result, path), value)) {
        throw new PatchError(`testing path ${JSON.stringify(path)} value failed`);
      }
    } else throw new PatchError(`unexpected operation ${JSON.stringify(op)}`);
  }
  return result;
}
