/**
 * ANTLR's message and offending token to the platform's words. The texts are those practitioners quote from deployments:
 * "Missing ';' at 'x'", "Extra ';', at 'x'.", "Unexpected token 'x'.", "Expecting '}' but was: '<EOF>'",
 * "Unrecognized symbol 'x', which is not a valid Apex identifier." (practitioner-reported; which of them is chosen is inferred).
 */
export function platformMessage(antlr: string, token: string | null): string {
  const lexical = /^token recognition error at: '([\s\S]*)'$/.exec(antlr);
  if (lexical !== null) {
    const found = lexical[1] ?? '';
    if (!found.startsWith("'"))
      return `Unrecognized symbol '${found}', which is not a valid Apex identifier.`;
    const escape = /\\[^ntrbfu'"\\]/i.exec(found);
    if (escape !== null)
      return `Illegal string literal: Invalid string literal '${found.slice(1)}'. Illegal character sequence '${escape[0]}' in string literal.`;
    return `Illegal string literal: Line breaks not allowed in string literals`;
  }
  const shown = token ?? '<EOF>';
  if (shown === '<EOF>') {
    return antlr.startsWith('mismatched') && antlr.includes("'class'")
      ? "Unexpected token '<EOF>'."
      : "Expecting '}' but was: '<EOF>'";
  }
  const missing = /^missing ('[^']+'|\S+) at /.exec(antlr);
  if (missing !== null) return `Missing ${quoted(missing[1] ?? '')} at '${shown}'`;
  const single = /^mismatched input [\s\S]* expecting (';'|'\)'|'\]'|'\}'|'\{'|'\()$/.exec(antlr);
  if (single !== null) return `Missing ${single[1] ?? ''} at '${shown}'`;
  if (antlr.startsWith('extraneous') && shown === ';') return `Extra ';'`;
  if (antlr.startsWith('extraneous') && antlr.endsWith('expecting <EOF>'))
    return `Extra '${shown}'`;
  return `Unexpected token '${shown}'.`;
}

function quoted(text: string): string {
  if (text.startsWith("'")) return text;
  return text === 'Identifier' ? '<identifier>' : `'${text}'`;
}
