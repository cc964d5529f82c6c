/** What the frame of a panel's page consists of. */
export interface PageParts {
  /** The page's script and style sheet, as addresses that the webview may load. */
  readonly script: string;
  readonly style: string;
  /** The webview's own source of resources, for the policy. */
  readonly resources: string;
  /** Unguessable, new for each page: only a script that has it runs. */
  readonly nonce: string;
  readonly title: string;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Translated texts by their keys. */
  readonly strings: Readonly<Record<string, string>>;
}

/**
 * The HTML of a panel: no content of its own but a `main` that the script fills, under a policy that lets nothing be
 * loaded or run but the panel's own script and style sheet.
 */
export function pageHtml(parts: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${parts.nonce}'`,
    `style-src ${parts.resources}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(parts.title)}</title>
<link rel="stylesheet" href="${attribute(parts.style)}">
</head>
<body data-strings="${attribute(JSON.stringify(parts.strings))}">
<main id="page" tabindex="-1"></main>
<script nonce="${attribute(parts.nonce)}" src="${attribute(parts.script)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, inside an attribute or outside. */
function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
