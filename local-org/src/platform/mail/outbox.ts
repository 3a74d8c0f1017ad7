import { randomUUID } from 'node:crypto';
import type { CapturedMail } from '../../execution/contract.ts';
import type { OutboxMail } from '../../server/contract.ts';
import type { Database } from '../../storage/database.ts';

/**
 * Mails that Apex sent. They are captured in the transaction that sends them, so that an undone transaction sends none (documented: Apex Developer Guide,
 * "Outbound Email": mail goes out when the transaction commits). Nothing ever leaves the machine.
 */
export class Outbox {
  readonly #db: Database;
  #first = 1;

  constructor(db: Database) {
    this.#db = db;
    db.exec('CREATE TABLE IF NOT EXISTS _mail(seq INTEGER PRIMARY KEY, mail TEXT NOT NULL) STRICT');
  }

  /** Captures one message; addresses of users, contacts and leads are already looked up. */
  capture(mail: CapturedMail, from: string, sentAt: number): void {
    const kept: OutboxMail = {
      id: randomUUID(),
      sentAt: new Date(sentAt).toISOString(),
      from: mail.senderName === null ? from : `${mail.senderName} <${from}>`,
      to: mail.to,
      cc: mail.cc,
      bcc: mail.bcc,
      subject: mail.subject ?? '',
      textBody: mail.plainTextBody,
      htmlBody: mail.htmlBody,
    };
    this.#db.run(
      'INSERT INTO _mail(seq, mail) SELECT MAX(?, COALESCE(MAX(seq), 0) + 1), ? FROM _mail',
      [this.#first, JSON.stringify(kept)],
    );
  }

  /** Numbers mails from there on: in a copy of an org whose mails are to stand beside those of the original. */
  startAt(seq: number): void {
    this.#first = seq;
  }

  /** Newest first, at most 200. */
  list(): OutboxMail[] {
    return this.#db
      .all('SELECT mail FROM _mail ORDER BY seq DESC LIMIT 200')
      .map((row) => JSON.parse(String(row[0])) as OutboxMail);
  }
}
