import { ShellError } from './flow.ts';

export interface Variable {
  value: string | string[] | Map<string, string> | undefined;
  exported: boolean;
  readOnly: boolean;
  integer: boolean;
}

/** A shell's variables. Arrays are sparse lists of strings, associative ones are Maps. */
export class Variables {
  private readonly globals: Map<string, Variable>;
  private readonly scopes: Map<string, Variable>[] = [];

  constructor(globals = new Map<string, Variable>()) {
    this.globals = globals;
  }

  static fromEnvironment(environment: ReadonlyMap<string, string>): Variables {
    const variables = new Variables();
    for (const [name, value] of environment) {
      variables.globals.set(name, { value, exported: true, readOnly: false, integer: false });
    }
    return variables;
  }

  /** A copy for a subshell: what it changes stays there. */
  copy(): Variables {
    const flat = new Map<string, Variable>();
    for (const scope of [this.globals, ...this.scopes]) {
      for (const [name, variable] of scope) flat.set(name, { ...variable, value: cloned(variable.value) });
    }
    return new Variables(flat);
  }

  find(name: string): Variable | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const variable = this.scopes[index]?.get(name);
      if (variable) return variable;
    }
    return this.globals.get(name);
  }

  /** The value as a string: an array's first element. */
  get(name: string): string | undefined {
    const value = this.find(name)?.value;
    if (typeof value === 'string' || value === undefined) return value;
    return value instanceof Map ? value.get('0') : value[0];
  }

  set(name: string, value: string): void {
    const variable = this.writable(name);
    if (Array.isArray(variable.value)) variable.value[0] = value;
    else if (variable.value instanceof Map) variable.value.set('0', value);
    else variable.value = value;
  }

  setArray(name: string, values: string[] | Map<string, string>): void {
    this.writable(name).value = values;
  }

  setElement(name: string, key: string, value: string): void {
    const variable = this.writable(name);
    if (variable.value instanceof Map) {
      variable.value.set(key, value);
      return;
    }
    const list = Array.isArray(variable.value)
      ? variable.value
      : variable.value === undefined
        ? []
        : [variable.value];
    const index = Number(key);
    if (!Number.isInteger(index)) throw new ShellError(`${name}[${key}]: bad array subscript`);
    if (index > 100_000)
      throw new ShellError(`${name}[${key}]: the practice lab keeps arrays below 100000 elements`);
    list[index < 0 ? list.length + index : index] = value;
    variable.value = list;
  }

  unset(name: string): void {
    const variable = this.find(name);
    if (variable?.readOnly === true) throw new ShellError(`unset: ${name}: cannot unset: readonly variable`);
    for (const scope of [...this.scopes].reverse()) if (scope.delete(name)) return;
    this.globals.delete(name);
  }

  /** Makes a variable of the running function; outside of one it is global. */
  declareLocal(name: string): Variable {
    const scope = this.scopes.at(-1) ?? this.globals;
    const known = scope.get(name);
    if (known) return known;
    const outer = this.find(name);
    const variable = {
      value: undefined,
      exported: outer?.exported ?? false,
      readOnly: false,
      integer: false,
    };
    scope.set(name, variable);
    return variable;
  }

  /** The variable to change, made when it is missing. @throws ShellError when it is read-only */
  writable(name: string): Variable {
    const variable = this.find(name);
    if (variable?.readOnly === true) throw new ShellError(`${name}: readonly variable`, { fatal: true });
    if (variable) return variable;
    const created = { value: undefined, exported: false, readOnly: false, integer: false };
    this.globals.set(name, created);
    return created;
  }

  enterFunction(): void {
    this.scopes.push(new Map());
  }

  leaveFunction(): void {
    this.scopes.pop();
  }

  get inFunction(): boolean {
    return this.scopes.length > 0;
  }

  names(): string[] {
    const names = new Set([...this.globals.keys(), ...this.scopes.flatMap((scope) => [...scope.keys()])]);
    return [...names].sort();
  }

  /** What a child process gets. */
  exported(): Map<string, string> {
    const environment = new Map<string, string>();
    for (const name of this.names()) {
      const variable = this.find(name);
      const value = this.get(name);
      if (variable?.exported === true && value !== undefined) environment.set(name, value);
    }
    return environment;
  }
}

function cloned(value: Variable['value']): Variable['value'] {
  if (Array.isArray(value)) return [...value];
  return value instanceof Map ? new Map(value) : value;
}
