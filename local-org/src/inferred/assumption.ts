/** Something about access that Salesforce's documentation leaves open. Data only: the room that owns the behaviour asks, and has every answer built. */
export interface Assumption {
  readonly question: string;
  /** The answer that the local org gives unless it is told otherwise: the one that allows less. */
  readonly strict: string;
  /** Every answer that Salesforce could give, by name, in words. The strict one comes first. */
  readonly answers: Readonly<Record<string, string>>;
  /** What is said somewhere, and where that ends. */
  readonly silence: string;
}

/** Something inferred that has no second answer worth building, and why. */
export interface Settled {
  readonly what: string;
  readonly chosen: string;
  readonly why: string;
}
