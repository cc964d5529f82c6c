import * as vscode from 'vscode';
import type { Position, Range } from '../../manifest/position.ts';
import type { TextEdit } from '../../rules/finding.ts';

/*
 * Between the core's positions and VS Code's. Both count lines and UTF-16 units from 0.
 */

function toPosition(position: Position): vscode.Position {
  return new vscode.Position(position.line, position.character);
}

export function toRange(range: Range): vscode.Range {
  return new vscode.Range(toPosition(range.start), toPosition(range.end));
}

export function toTextEdits(edits: readonly TextEdit[]): vscode.TextEdit[] {
  return edits.map((edit) => vscode.TextEdit.replace(toRange(edit.range), edit.newText));
}
