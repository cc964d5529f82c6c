/** What a hostile cluster may put where a name, a label, an annotation or a message stands. */
export const hostileStrings: Readonly<Record<string, string>> = {
  'control characters':
    'a\u0000b\u0007c\u0008d\r\n\u001b[2J\u001b]0;title\u0007e\u009d52;c;AAAA\u009cf\u007f',
  'right-to-left marks': 'user\u202egnp.exe\u2066\u2069\u200f\u061c',
  'invisible characters': 'pay\u200bpal\ufeff\u00ad\u2060',
  'line separators': 'one\u2028two\u2029three\u0085four',
  'lone surrogates': 'x\ud800y\udc00z',
  markdown: '# h\n**b** _i_ `c` ![i](https://evil.example/x.png) [l](https://evil.example)\n```\nout\n```',
  'a command link': '[click](command:workbench.action.terminal.new) command:x [x](vscode://a.b/c)',
  html: '<img src=x onerror=alert(1)><script>alert(1)</script><a href="javascript:1">x</a>&lt;b&gt;',
  icons: '$(trash) $(error~spin)',
  'shell metacharacters': `'; touch /tmp/podnet-owned; $(touch /tmp/podnet-owned) \`id\` | & > "x" \\ \n rm -rf`,
  'a megabyte': 'm'.repeat(1 << 20),
};

/** Characters that may stand in no line which is shown: controls, marks that turn or hide text, separators. */
export const unshowable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
