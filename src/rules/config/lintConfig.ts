import { t } from '../../base/l10n.ts';
import { isRecord } from '../../model/json.ts';
import { rules } from '../families.ts';
import type { Severity } from '../finding.ts';
import { nearest, oneOf } from '../nearest.ts';
import type { ClusterTraits, LintOptions } from '../options.ts';
import { textProblems } from '../textProblems.ts';

/** How manifests are linted: what the settings `podNetwork.lint.*` and the section `lint` of a config file say. */
export interface LintConfig {
  readonly enabled?: boolean;
  /** Codes switched off, or given another severity. */
  readonly rules: NonNullable<LintOptions['rules']>;
  readonly cluster: ClusterTraits;
  /** Patterns of files that are not linted. */
  readonly exclude: readonly string[];
  /** What to do where another extension of the editor checks fields, too. */
  readonly fields?: 'auto' | 'on' | 'off';
  /** The files are all there is. Only for `podnet`: an editor never knows. */
  readonly complete?: boolean;
}

/** Something in a config that cannot be. */
export interface ConfigProblem {
  /** Keys and indexes that lead to it. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}

export const emptyConfig: LintConfig = { rules: {}, cluster: {}, exclude: [] };

const names = [
  'enabled',
  'disabledRules',
  'severity',
  'opinions',
  'fields',
  'kubernetesVersion',
  'nodePorts',
  'exclude',
  'complete',
] as const;
const severities: readonly string[] = ['error', 'warning', 'hint', 'off'];

/** Reads the values of a config. What cannot be is left out and named in `problems`. */
export function readLintConfig(value: unknown): {
  readonly config: LintConfig;
  readonly problems: readonly ConfigProblem[];
} {
  const reader = new Reader();
  return { config: reader.read(value), problems: reader.problems };
}

/** Two configs as one; what the second says counts more. */
export function mergeConfigs(first: LintConfig, second: LintConfig): LintConfig {
  return {
    ...first,
    ...second,
    rules: { ...first.rules, ...second.rules },
    cluster: { ...first.cluster, ...second.cluster },
    exclude: [...first.exclude, ...second.exclude],
  };
}

class Reader {
  readonly problems: ConfigProblem[] = [];

  read(value: unknown): LintConfig {
    if (value === undefined || value === null) return emptyConfig;
    if (!isRecord(value)) {
      this.#say(
        [],
        t('lint is not a map of settings.'),
        t('Write settings below it: {0}.', names.join(', ')),
      );
      return emptyConfig;
    }
    for (const name of Object.keys(value)) {
      if (names.some((known) => known === name)) continue;
      const meant = nearest(name, names);
      const remedy =
        meant === undefined ? t('The settings are {0}.', names.join(', ')) : t('Did you mean {0}?', meant);
      this.#say([name], t('There is no setting "{0}".', name), remedy);
    }
    const enabled = this.#flag(value, 'enabled');
    const complete = this.#flag(value, 'complete');
    const fields = this.#choice(value, 'fields', ['auto', 'on', 'off']);
    return {
      rules: this.#rules(value),
      cluster: this.#cluster(value),
      exclude: this.#texts(value, 'exclude'),
      ...(enabled !== undefined && { enabled }),
      ...(complete !== undefined && { complete }),
      ...(fields !== undefined && { fields: fields as 'auto' | 'on' | 'off' }),
    };
  }

  #rules(value: Readonly<Record<string, unknown>>): NonNullable<LintOptions['rules']> {
    const known = new Set([...rules, ...textProblems].map(({ code }) => code));
    const settings: Record<string, 'off' | Severity> = {};
    if (this.#flag(value, 'opinions') === true) {
      for (const rule of rules) if (rule.opinion === true) settings[rule.code] = rule.severity;
    }
    const { severity } = value;
    if (isRecord(severity)) {
      for (const [code, given] of Object.entries(severity)) {
        // YAML reads off without quotes as false.
        const wanted = given === false ? 'off' : given;
        if (!known.has(code)) this.#unknownRule(['severity', code], code, known);
        else if (typeof wanted === 'string' && severities.includes(wanted))
          settings[code] = wanted as 'off' | Severity;
        else
          this.#say(
            ['severity', code],
            t('The severity of {0} is not one.', code),
            t('It takes {0}.', oneOf(severities)),
          );
      }
    } else if (severity !== undefined && severity !== null)
      this.#say(
        ['severity'],
        t('severity is not a map.'),
        t('Write lines such as "unused-volume: hint" below it.'),
      );
    this.#texts(value, 'disabledRules').forEach((code, index) => {
      if (known.has(code)) settings[code] = 'off';
      else this.#unknownRule(['disabledRules', index], code, known);
    });
    return settings;
  }

  #cluster(value: Readonly<Record<string, unknown>>): ClusterTraits {
    const { kubernetesVersion, nodePorts } = value;
    const version = typeof kubernetesVersion === 'string' ? /^v?1\.(\d+)/.exec(kubernetesVersion) : null;
    const isAbsent = (given: unknown): boolean => given === undefined || given === null || given === '';
    if (!isAbsent(kubernetesVersion) && version === null)
      this.#say(
        ['kubernetesVersion'],
        t('kubernetesVersion is not a version.'),
        t('Write it in quotes, such as "1.36".'),
      );
    const range = typeof nodePorts === 'string' ? /^(\d+)-(\d+)$/.exec(nodePorts) : null;
    if (!isAbsent(nodePorts) && range === null)
      this.#say(['nodePorts'], t('nodePorts is not a range.'), t('Write it such as 30000-32767.'));
    return {
      ...(version && { minorVersion: Number(version[1]) }),
      ...(range && { nodePorts: { first: Number(range[1]), last: Number(range[2]) } }),
    };
  }

  #unknownRule(path: ConfigProblem['path'], code: string, known: ReadonlySet<string>): void {
    const meant = nearest(code, known);
    const remedy =
      meant === undefined
        ? t('The rules are listed in docs/rules/README.md.')
        : t('Did you mean {0}?', meant);
    this.#say(path, t('There is no rule "{0}".', code), remedy);
  }

  #flag(value: Readonly<Record<string, unknown>>, name: string): boolean | undefined {
    const given = value[name];
    if (given === undefined || given === null || typeof given === 'boolean') return given ?? undefined;
    this.#say([name], t('{0} is not true or false.', name), t('Write {0}: true or {0}: false.', name));
    return undefined;
  }

  #choice(
    value: Readonly<Record<string, unknown>>,
    name: string,
    choices: readonly string[],
  ): string | undefined {
    // YAML reads on and off without quotes as booleans; here it is plain what is meant.
    const given = value[name] === true ? 'on' : value[name] === false ? 'off' : value[name];
    if (given === undefined || given === null) return undefined;
    if (typeof given === 'string' && choices.includes(given)) return given;
    this.#say([name], t('{0} is none of its values.', name), t('It takes {0}.', oneOf(choices)));
    return undefined;
  }

  #texts(value: Readonly<Record<string, unknown>>, name: string): readonly string[] {
    const given = value[name];
    if (given === undefined || given === null) return [];
    if (!Array.isArray(given)) {
      this.#say([name], t('{0} is not a list.', name), t('Write {0}: [a, b].', name));
      return [];
    }
    return given.filter((item, index): item is string => {
      if (typeof item === 'string') return true;
      this.#say([name, index], t('{0} holds something else than text.', name), t('Put it in quotes.'));
      return false;
    });
  }

  #say(path: ConfigProblem['path'], message: string, remedy: string): void {
    this.problems.push({ path, message, remedy });
  }
}
