import type { ErrorCode, YAMLError } from 'yaml';
import { t } from '../base/l10n.ts';
import type { Problem } from './problem.ts';

/** What the YAML parser says, in plain words and with the way out; its own words where we have none. */
const plainWords: Partial<Record<ErrorCode, () => string>> = {
  BAD_INDENT: () =>
    t(
      'This line is indented differently from its neighbours. Keys of one map, and dashes of one list, start in the same column.',
    ),
  TAB_AS_INDENT: () => t('YAML does not allow tabs for indentation. Use blanks.'),
  MULTILINE_IMPLICIT_KEY: () =>
    t(
      'This reads as a key that goes over several lines. Is a colon missing behind the key, or is the indentation wrong?',
    ),
  BLOCK_AS_IMPLICIT_KEY: () =>
    t(
      'A map cannot start in the middle of a line. Put the nested keys on their own lines, or quote the text if the colon belongs to it.',
    ),
  BLOCK_IN_FLOW: () =>
    t('Inside of [ ] and { } everything is written in one style: items separated by commas.'),
  BAD_SCALAR_START: () => t('Text cannot start with this character. Put quotes around the text.'),
  KEY_OVER_1024_CHARS: () => t('A key may have at most 1024 characters.'),
  MULTIPLE_ANCHORS: () => t('A value can have only one anchor (&name).'),
  BAD_ALIAS: () => t('This alias (*name) is not complete. Quote the text if no alias is meant.'),
};

export function explainSyntaxError(error: YAMLError, text: string): Problem {
  const start = Math.min(error.pos[0], Math.max(0, text.length - 1));
  const end = Math.min(Math.max(error.pos[1], start), endOfLine(text, start));
  const span = { start, end: Math.max(end, Math.min(start + 1, text.length)) };
  const message = plainWords[error.code]?.();
  const tabs = error.code === 'TAB_AS_INDENT' ? tabsAt(text, start) : undefined;
  return {
    code: 'yaml-syntax',
    severity: 'error',
    span: tabs ?? span,
    message: message ?? t('Not valid YAML: {0}.', error.message),
    ...(tabs && {
      fix: {
        title: t('Replace tabs by blanks'),
        edits: [{ ...tabs, newText: text.slice(tabs.start, tabs.end).replaceAll('\t', '  ') }],
      },
    }),
  };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** The blank start of the line when there are tabs in it. */
function tabsAt(text: string, at: number): { start: number; end: number } | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start, endOfLine(text, at)))?.[0] ?? '';
  return indent.includes('\t') ? { start, end: start + indent.length } : undefined;
}
