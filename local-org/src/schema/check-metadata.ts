import { Diagnostics, raise } from '../diagnostics/index.ts';
import type { LocalOrgError, SourcePosition } from '../diagnostics/index.ts';
import type { FieldMetadata, ObjectMetadata, Project, ProjectWarning } from '../project/model.ts';
import type { Schema } from './contract.ts';

/** What is wrong with metadata beyond its XML, and what may be wrong as far as we know. */
export interface MetadataFindings {
  readonly problems: readonly LocalOrgError[];
  readonly warnings: readonly ProjectWarning[];
}

/** Types of custom fields that the schema understands (Metadata API Developer Guide, "FieldType"). */
const FIELD_TYPES = new Set([
  'AutoNumber',
  'Lookup',
  'MasterDetail',
  'MetadataRelationship',
  'ExternalLookup',
  'IndirectLookup',
  'Hierarchy',
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Email',
  'EncryptedText',
  'Html',
  'Location',
  'LongTextArea',
  'MultiselectPicklist',
  'Number',
  'Percent',
  'Phone',
  'Picklist',
  'Summary',
  'Text',
  'TextArea',
  'Time',
  'Url',
  'Address',
]);

/** What metadata types name by their definitions rather than records. */
const DEFINITION_TARGETS = new Set(['entitydefinition', 'fielddefinition', 'entityparticle']);

/**
 * Checks the references between metadata components against the resolved schema. Only what the project itself should have
 * is an error; a missing standard object or field may be a gap of ours or a feature the org lacks, and is a warning.
 */
export function checkMetadata(project: Project, schema: Schema): MetadataFindings {
  const findings = new Findings(project, schema);
  for (const object of project.objects.values()) checkObject(object, findings);
  checkCustomMetadata(findings);
  checkPermissions(findings);
  for (const action of project.quickActions.values()) {
    const component = action.lightningWebComponent;
    if (component !== undefined && !project.lwcBundles.has(component.toLowerCase())) {
      findings.problem(
        `Quick action ${action.name}: no Lightning web component named ${component} found`,
        action,
      );
    }
  }
  return findings;
}

class Findings implements MetadataFindings {
  readonly problems: LocalOrgError[] = [];
  readonly warnings: ProjectWarning[] = [];
  readonly project: Project;
  readonly schema: Schema;

  constructor(project: Project, schema: Schema) {
    this.project = project;
    this.schema = schema;
  }

  problem(message: string, at: SourcePosition): void {
    const { file, line } = at;
    const position = {
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      column: 1,
    };
    this.problems.push(raise(Diagnostics.METADATA_INVALID, [message], position));
  }

  warning(message: string, at: SourcePosition): void {
    const { file, line } = at;
    this.warnings.push({
      message,
      position: {
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
        column: 1,
      },
    });
  }

  /** A missing name that is custom and without namespace can only be the project's own mistake. */
  missing(name: string, message: string, at: SourcePosition): void {
    if (isOwnName(name)) this.problem(message, at);
    else this.warning(message, at);
  }
}

function isOwnName(name: string): boolean {
  return /^[A-Za-z]\w*?__(c|mdt|e|x|b)$/i.test(name) && name.split('__').length === 2;
}

function checkObject(object: ObjectMetadata, findings: Findings): void {
  const { schema } = findings;
  if (object.name.toLowerCase() !== 'activity' && schema.object(object.name) === undefined) {
    findings.missing(object.name, `Object ${object.name} does not exist in this org`, object);
    return;
  }
  if (isOwnName(object.name) && !object.defined) {
    // The object may be in the org already or in another package; without it nothing can be stored here.
    findings.warning(`Object ${object.name} has fields but no definition in this project`, object);
  }
  for (const field of object.fields.values()) checkField(object, field, findings);
}

function checkField(object: ObjectMetadata, field: FieldMetadata, findings: Findings): void {
  const { schema, project } = findings;
  const name = `${object.name}.${field.name}`;
  if (!/__c$/i.test(field.name)) {
    if (
      object.name.toLowerCase() !== 'activity' &&
      schema.field(object.name, field.name) === undefined
    ) {
      findings.warning(`Field ${name} does not exist in this org`, field);
    }
    return;
  }
  if (field.type === undefined || !FIELD_TYPES.has(field.type)) {
    findings.problem(`Field ${name}: '${field.type ?? ''}' is not a type of custom fields`, field);
    return;
  }
  const target = field.referenceTo;
  if (['Lookup', 'MasterDetail', 'MetadataRelationship'].includes(field.type)) {
    if (target === undefined) {
      findings.problem(
        `Field ${name}: Must specify 'referenceTo' for a ${field.type} field`,
        field,
      );
    } else if (
      !DEFINITION_TARGETS.has(target.toLowerCase()) &&
      schema.object(target) === undefined
    ) {
      findings.missing(
        target,
        `Field ${name}: referenceTo value of '${target}' does not resolve to a valid sObject type`,
        field,
      );
    }
  }
  if (field.type === 'MasterDetail' && field.relationshipName === undefined) {
    findings.problem(
      `Field ${name}: Must specify 'relationshipName' for a MasterDetail field`,
      field,
    );
  }
  if (field.type === 'Summary') checkRollup(name, field, findings);
  const valueSet = field.valueSet?.valueSetName;
  if (
    valueSet !== undefined &&
    !valueSet.includes('__') &&
    !project.globalValueSets.has(valueSet.toLowerCase())
  ) {
    findings.warning(`Field ${name}: global value set ${valueSet} is not in the project`, field);
  }
  if (
    (field.type === 'Picklist' || field.type === 'MultiselectPicklist') &&
    field.valueSet === undefined
  ) {
    findings.warning(`Field ${name} has no values in this project`, field);
  }
}

function checkRollup(name: string, field: FieldMetadata, findings: Findings): void {
  const operation = (field.summaryOperation ?? '').toLowerCase();
  if (!['count', 'sum', 'min', 'max'].includes(operation)) {
    findings.problem(
      `Field ${name}: '${field.summaryOperation ?? ''}' is not a summary operation`,
      field,
    );
  }
  const used = [field.summaryForeignKey, ...(operation === 'count' ? [] : [field.summarizedField])];
  for (const qualified of used) {
    const [object = '', fieldName = ''] = (qualified ?? '').split('.');
    if (findings.schema.field(object, fieldName) === undefined) {
      findings.missing(fieldName, `Field ${name}: ${qualified ?? 'nothing'} does not exist`, field);
    }
  }
}

function checkCustomMetadata(findings: Findings): void {
  const { project, schema } = findings;
  for (const record of project.customMetadata) {
    const name = `${record.typeName.replace(/__mdt$/, '')}.${record.developerName}`;
    if (schema.object(record.typeName) === undefined) {
      findings.missing(
        record.typeName,
        `Custom metadata ${name}: the type ${record.typeName} does not exist`,
        record,
      );
      continue;
    }
    for (const [fieldName, { line }] of record.values) {
      if (schema.field(record.typeName, fieldName) !== undefined) continue;
      const message = `Custom metadata ${name}: ${record.typeName} has no field ${fieldName}`;
      findings.missing(fieldName, message, { file: record.file, line });
    }
  }
}

/** In the platform's words: "In field: field - no CustomField named Account.Nope__c found". */
function checkPermissions(findings: Findings): void {
  const { project, schema } = findings;
  const containers = [
    ...project.permissionSets.values(),
    ...project.mutingPermissionSets.values(),
    ...project.profiles.values(),
  ];
  for (const { file, ...container } of containers) {
    for (const { object, line } of container.objectPermissions) {
      if (schema.object(object) === undefined) {
        findings.missing(object, `In field: object - no CustomObject named ${object} found`, {
          file,
          line,
        });
      }
    }
    for (const { field, line } of container.fieldPermissions) {
      const [object = '', name = ''] = field.split('.');
      if (schema.field(object, name) === undefined) {
        findings.missing(name, `In field: field - no CustomField named ${field} found`, {
          file,
          line,
        });
      }
    }
    for (const { name, line } of container.classAccesses) {
      if (!project.classes.has(name.toLowerCase()) && !name.includes('__')) {
        findings.warning(`In field: apexClass - no ApexClass named ${name} found`, { file, line });
      }
    }
    for (const { name, line } of container.customPermissions) {
      if (!project.customPermissions.has(name.toLowerCase()) && !name.includes('__')) {
        findings.warning(`In field: customPermission - no CustomPermission named ${name} found`, {
          file,
          line,
        });
      }
    }
  }
}
