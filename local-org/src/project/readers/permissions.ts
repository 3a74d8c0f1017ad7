import type {
  CustomPermissionMetadata,
  NamedAccess,
  PermissionContainer,
  PermissionSetGroupMetadata,
} from '../model.ts';
import type { XmlElement } from '../xml.ts';

/** A permission set, muting permission set or profile. */
export function readPermissions(xml: XmlElement, name: string, file: string): PermissionContainer {
  return {
    name,
    label: xml.text('label') ?? name.replaceAll('_', ' '),
    description: xml.text('description'),
    file,
    line: xml.line,
    license: xml.text('license'),
    userLicense: xml.text('userLicense'),
    custom: xml.flag('custom'),
    hasActivationRequired: xml.flag('hasActivationRequired'),
    objectPermissions: xml.all('objectPermissions').map((item) => ({
      object: item.text('object') ?? '',
      create: item.flag('allowCreate'),
      read: item.flag('allowRead'),
      edit: item.flag('allowEdit'),
      delete: item.flag('allowDelete'),
      viewAll: item.flag('viewAllRecords'),
      modifyAll: item.flag('modifyAllRecords'),
      viewAllFields: item.flag('viewAllFields'),
      line: item.line,
    })),
    fieldPermissions: xml.all('fieldPermissions').map((item) => ({
      field: item.text('field') ?? '',
      readable: item.flag('readable'),
      editable: item.flag('editable'),
      line: item.line,
    })),
    userPermissions: access(xml, 'userPermissions', 'name'),
    customPermissions: access(xml, 'customPermissions', 'name'),
    classAccesses: access(xml, 'classAccesses', 'apexClass'),
    pageAccesses: access(xml, 'pageAccesses', 'apexPage'),
    flowAccesses: access(xml, 'flowAccesses', 'flow'),
    customMetadataTypeAccesses: access(xml, 'customMetadataTypeAccesses', 'name'),
    customSettingAccesses: access(xml, 'customSettingAccesses', 'name'),
    externalCredentialPrincipalAccesses: access(
      xml,
      'externalCredentialPrincipalAccesses',
      'externalCredentialPrincipal',
    ),
    recordTypeVisibilities: xml.all('recordTypeVisibilities').map((item) => ({
      recordType: item.text('recordType') ?? '',
      visible: item.flag('visible'),
      isDefault: item.flag('default'),
      isPersonDefault: item.flag('personAccountDefault'),
    })),
    applicationVisibilities: xml.all('applicationVisibilities').map((item) => ({
      application: item.text('application') ?? '',
      visible: item.flag('visible'),
      isDefault: item.flag('default'),
    })),
    // Profiles say tabVisibilities, permission sets tabSettings.
    tabSettings: [...xml.all('tabSettings'), ...xml.all('tabVisibilities')].map((item) => ({
      tab: item.text('tab') ?? '',
      visibility: item.text('visibility') ?? '',
    })),
    layoutAssignments: xml.all('layoutAssignments').map((item) => ({
      layout: item.text('layout') ?? '',
      recordType: item.text('recordType'),
    })),
  };
}

function access(xml: XmlElement, element: string, nameElement: string): NamedAccess[] {
  return xml.all(element).map((item) => ({
    name: item.text(nameElement) ?? '',
    enabled: item.flag('enabled'),
    line: item.line,
  }));
}

/** A permission set group. */
export function readPermissionSetGroup(
  xml: XmlElement,
  name: string,
  file: string,
): PermissionSetGroupMetadata {
  return {
    name,
    label: xml.text('label') ?? name,
    description: xml.text('description'),
    permissionSets: xml.texts('permissionSets'),
    mutingPermissionSets: xml.texts('mutingPermissionSets'),
    hasActivationRequired: xml.flag('hasActivationRequired'),
    file,
    line: xml.line,
  };
}

/** A custom permission. */
export function readCustomPermission(xml: XmlElement, name: string): CustomPermissionMetadata {
  return {
    name,
    label: xml.text('label') ?? name,
    description: xml.text('description'),
    isLicensed: xml.flag('isLicensed'),
    requiredPermissions: xml
      .all('requiredPermission')
      .filter((item) => item.flag('dependency'))
      .map((item) => item.text('customPermission') ?? ''),
  };
}
