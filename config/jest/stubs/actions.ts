/** Stands in for lightning/actions, which sfdx-lwc-jest has no stub for. */
export class CloseActionScreenEvent extends CustomEvent<undefined> {
  constructor(init?: CustomEventInit<undefined>) {
    super('lightning__actionsclosescreen', { bubbles: true, composed: true, ...init });
  }
}
