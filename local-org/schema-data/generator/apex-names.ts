const PACKAGE = 'com/nawforce/runforce/';

/**
 * Namespaces that the jars write in lower case (Java package style) with the spelling that
 * Salesforce's reference uses. Apex does not mind the case; messages and readers do.
 */
const NAMESPACE_SPELLING: Readonly<Record<string, string>> = {
  applauncher: 'AppLauncher',
  cache: 'Cache',
  dom: 'Dom',
  eventbus: 'EventBus',
  networkspulse: 'NetworksPulse',
  reports: 'Reports',
  wavetemplate: 'WaveTemplate',
};

/** Java and helper types of the jars that stand for an Apex type of another name. */
const STAND_INS: Readonly<Record<string, string>> = {
  'java/lang/Object': 'Object',
  'java/lang/Enum': 'Object',
  'java/lang/String': 'String',
  'java/lang/Integer': 'Integer',
  'java/lang/Boolean': 'Boolean',
  [`${PACKAGE}Internal/Object$`]: 'Object',
  [`${PACKAGE}Internal/Any$`]: 'Object',
  [`${PACKAGE}Internal/Null$`]: 'Object',
  // What a subquery returns: assignable to a List of its rows.
  [`${PACKAGE}Internal/RecordSet$`]: 'List',
  [`${PACKAGE}Internal/SObjectType$`]: 'Schema.SObjectType',
  [`${PACKAGE}Internal/DescribeSObjectResult$`]: 'Schema.DescribeSObjectResult',
};

/** The Apex name of a class: its namespace and its name, inner classes dotted. */
export function apexName(javaName: string): { namespace: string; name: string } | null {
  if (!javaName.startsWith(PACKAGE)) return null;
  const [folder, ...rest] = javaName.slice(PACKAGE.length).split('/');
  if (folder === undefined) return null;
  const namespace = NAMESPACE_SPELLING[folder] ?? folder;
  return { namespace, name: rest.join('.').replaceAll('$', '.').replace(/\.$/, '') };
}

/**
 * An Apex identifier for a Java one: the jars append `$` where Java forbids the Apex name
 * (`clone$`, `toString$`, `for$`).
 */
export function apexIdentifier(javaIdentifier: string): string {
  return javaIdentifier.replace(/\$$/, '');
}

/** The Apex notation of one Java type signature. System types and sObjects stand unqualified. */
export function apexType(signature: string): string {
  return new SignatureReader(signature).type();
}

/** The Apex notation of a Java method signature. */
export function apexMethodTypes(signature: string): { params: string[]; returns: string } {
  const reader = new SignatureReader(signature);
  reader.skipTypeParameters();
  return reader.method();
}

/** Type parameters, super type and interfaces of a Java class signature. */
export function apexClassTypes(signature: string): { typeParams: string[]; parents: string[] } {
  const reader = new SignatureReader(signature);
  const typeParams = reader.typeParameters();
  const parents: string[] = [];
  while (!reader.done()) parents.push(reader.type());
  return { typeParams, parents };
}

class SignatureReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  done(): boolean {
    return this.at >= this.text.length;
  }

  method(): { params: string[]; returns: string } {
    this.at++; // (
    const params: string[] = [];
    while (this.text[this.at] !== ')') params.push(this.type());
    this.at++;
    return { params, returns: this.type() };
  }

  typeParameters(): string[] {
    const names: string[] = [];
    if (this.text[this.at] !== '<') return names;
    this.at++;
    while (this.text[this.at] !== '>') {
      const colon = this.text.indexOf(':', this.at);
      names.push(this.text.slice(this.at, colon));
      this.at = colon;
      while (this.text[this.at] === ':') {
        this.at++;
        if (this.text[this.at] !== ':') this.type();
      }
    }
    this.at++;
    return names;
  }

  skipTypeParameters(): void {
    this.typeParameters();
  }

  type(): string {
    const tag = this.text[this.at++];
    switch (tag) {
      case 'L':
        return this.classType();
      case '[':
        return `List<${this.type()}>`;
      case 'T': {
        const end = this.text.indexOf(';', this.at);
        const name = this.text.slice(this.at, end);
        this.at = end + 1;
        return name;
      }
      case 'V':
        return 'void';
      case '*':
        return 'Object';
      case '+':
      case '-':
        return this.type();
      default:
        throw new Error(`Java signature ${this.text} has an unexpected ${tag} at ${this.at}`);
    }
  }

  classType(): string {
    const start = this.at;
    while (this.text[this.at] !== ';' && this.text[this.at] !== '<') this.at++;
    const name = qualified(this.text.slice(start, this.at));
    const args: string[] = [];
    if (this.text[this.at] === '<') {
      this.at++;
      while (this.text[this.at] !== '>') args.push(this.type());
      this.at++;
    }
    this.at++; // ;
    // Only collections and interfaces are generic in Apex; Schema.SObjectType<T> is not.
    const isGeneric = args.length > 0 && name !== 'Object' && !name.startsWith('Schema.');
    return isGeneric ? `${name}<${args.join(',')}>` : name;
  }
}

function qualified(javaName: string): string {
  const standIn = STAND_INS[javaName];
  if (standIn !== undefined) return standIn;
  const apex = apexName(javaName);
  if (apex === null) throw new Error(`No Apex name for ${javaName}`);
  const { namespace, name } = apex;
  const isUnqualified =
    namespace === 'System' || namespace === 'SObjects' || namespace === 'SObjectStubs';
  return isUnqualified ? name : `${namespace}.${name}`;
}
