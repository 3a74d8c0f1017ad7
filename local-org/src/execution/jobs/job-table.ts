import type { Database } from '../../storage/database.ts';

export type JobKind = 'queueable' | 'future' | 'batch' | 'scheduled' | 'event';

/** A queued piece of work. It lives in the database from the commit of the transaction that queued it until the commit of its own. */
export interface QueuedJob {
  readonly seq: number;
  readonly kind: JobKind;
  /** AsyncApexJob or CronTrigger; null for event deliveries. */
  readonly jobId: string | null;
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly runAfter: number;
  /** What to run, in the form of its kind. */
  readonly payload: string;
  /** Queueable chain: 1 for a job that no job queued. */
  readonly depth: number;
}

/**
 * The queue, in tables beside the org's data, so that adding a job and the work that adds it commit together: killing the process loses none and
 * doubles none.
 */
export class JobTable {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
    db.exec(
      `CREATE TABLE IF NOT EXISTS _job(seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, job_id TEXT, user_id TEXT NOT NULL,
         run_after INTEGER NOT NULL, payload TEXT NOT NULL, depth INTEGER NOT NULL) STRICT;
       CREATE INDEX IF NOT EXISTS _job_due ON _job(run_after, seq);
       CREATE TABLE IF NOT EXISTS _job_chunk(seq INTEGER NOT NULL, n INTEGER NOT NULL, payload TEXT NOT NULL, PRIMARY KEY(seq, n)) STRICT, WITHOUT ROWID;`,
    );
  }

  /** Numbers jobs from there on: in a copy of an org whose jobs are to stand beside those of the original. */
  startAt(seq: number): void {
    this.#db.run("DELETE FROM sqlite_sequence WHERE name = '_job'");
    this.#db.run("INSERT INTO sqlite_sequence(name, seq) VALUES ('_job', ?)", [seq]);
  }

  /** @returns the job's number in the queue */
  add(job: Omit<QueuedJob, 'seq'>): number {
    this.#db.run(
      'INSERT INTO _job(kind, job_id, user_id, run_after, payload, depth) VALUES (?, ?, ?, ?, ?, ?)',
      [job.kind, job.jobId, job.userId, job.runAfter, job.payload, job.depth],
    );
    return Number(this.#db.get('SELECT last_insert_rowid()')?.[0]);
  }

  /**
   * The job that should run first of those due, null when none is. Events go before jobs: on the platform they arrive while a batch job is at work (documented:
   * near real time), not when its last chunk is done.
   */
  next(now: number): QueuedJob | null {
    const row =
      this.#db.get(`${SELECT} WHERE kind = 'event' AND run_after <= ? ORDER BY seq LIMIT 1`, [
        now,
      ]) ?? this.#db.get(`${SELECT} WHERE run_after <= ? ORDER BY run_after, seq LIMIT 1`, [now]);
    return row === undefined ? null : toJob(row);
  }

  /** Jobs queued after a number, in order: what a test queued since `Test.startTest`. */
  since(seq: number): QueuedJob[] {
    return this.#db.all(`${SELECT} WHERE seq > ? ORDER BY seq`, [seq]).map(toJob);
  }

  /** When the next job is due, null when the queue is empty. */
  nextDue(): number | null {
    const row = this.#db.get('SELECT MIN(run_after) FROM _job');
    return row === undefined || row[0] === null ? null : Number(row[0]);
  }

  /** Number of the job queued last, 0 before the first. */
  lastSeq(): number {
    return Number(this.#db.get('SELECT COALESCE(MAX(seq), 0) FROM _job')?.[0] ?? 0);
  }

  byJobId(jobId: string): QueuedJob | null {
    const row = this.#db.get(`${SELECT} WHERE job_id = ?`, [jobId]);
    return row === undefined ? null : toJob(row);
  }

  /** Writes the job's next step in place. */
  update(seq: number, payload: string, runAfter: number): void {
    this.#db.run('UPDATE _job SET payload = ?, run_after = ? WHERE seq = ?', [
      payload,
      runAfter,
      seq,
    ]);
  }

  remove(seq: number): void {
    this.#db.run('DELETE FROM _job WHERE seq = ?', [seq]);
    this.#db.run('DELETE FROM _job_chunk WHERE seq = ?', [seq]);
  }

  addChunk(seq: number, n: number, payload: string): void {
    this.#db.run('INSERT INTO _job_chunk(seq, n, payload) VALUES (?, ?, ?)', [seq, n, payload]);
  }

  chunk(seq: number, n: number): string | null {
    const row = this.#db.get('SELECT payload FROM _job_chunk WHERE seq = ? AND n = ?', [seq, n]);
    return row === undefined ? null : String(row[0]);
  }
}

const SELECT = 'SELECT seq, kind, job_id, user_id, run_after, payload, depth FROM _job';

function toJob(row: readonly unknown[]): QueuedJob {
  const [seq, kind, jobId, userId, runAfter, payload, depth] = row;
  return {
    seq: Number(seq),
    kind: kind as JobKind,
    jobId: typeof jobId === 'string' ? jobId : null,
    userId: String(userId),
    runAfter: Number(runAfter),
    payload: String(payload),
    depth: Number(depth),
  };
}
