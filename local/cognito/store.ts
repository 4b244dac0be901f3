import { join } from "node:path";
import { AliasExistsError, UserNotFoundError } from "./errors.ts";
import { type RecordChange, RecordLog } from "./record-log.ts";
import { normalEmail, type Session, type User } from "./users.ts";

const mostSessionsPerUser = 1000;

/**
 * Users and their sign-ins, in memory and on the disk. Reads and changes happen at once; the promise of a change
 * resolves when it is on the disk. Records are never altered in place.
 */
export class PoolStore {
  readonly #log: RecordLog;
  readonly #users = new Map<string, User>();
  readonly #usernames = new Map<string, string>();
  readonly #sessions = new Map<string, Session>();
  readonly #sessionIdsByUser = new Map<string, Set<string>>();
  readonly #sessionIdsByToken = new Map<string, string>();
  readonly createdAt: number;
  #sequence = 0;

  private constructor(log: RecordLog, now: number) {
    this.#log = log;
    let createdAt = now;
    for (const [key, value] of log.entries()) {
      if (key === "pool") createdAt = (value as { readonly createdAt: number }).createdAt;
      else if (key.startsWith("user/")) this.#indexUser(value as User);
      else this.#indexSession(value as Session);
    }
    this.createdAt = createdAt;
  }

  static async open(directory: string, now: number): Promise<PoolStore> {
    const log = await RecordLog.open(join(directory, "users.log"));
    const store = new PoolStore(log, now);
    const ended = [...store.#sessions.values()].filter((session) => session.endsAt <= now);
    await log.commit([["pool", { createdAt: store.createdAt }], ...store.#drop(ended)]);
    return store;
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  get userCount(): number {
    return this.#users.size;
  }

  users(): IterableIterator<User> {
    return this.#users.values();
  }

  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  userByUsername(username: string): User | undefined {
    return this.#users.get(username);
  }

  userByEmail(email: string): User | undefined {
    const username = this.#usernames.get(normalEmail(email));
    return username === undefined ? undefined : this.#users.get(username);
  }

  /** @throws AliasExistsError when another user has the address. */
  putUser(user: User): Promise<void> {
    const holder = this.#usernames.get(normalEmail(user.attributes.email ?? ""));
    if (holder !== undefined && holder !== user.username) throw new AliasExistsError();
    const former = this.#users.get(user.username);
    if (former !== undefined) this.#usernames.delete(normalEmail(former.attributes.email ?? ""));
    this.#indexUser(user);
    return this.#log.commit([[`user/${user.username}`, user]]);
  }

  /** @throws UserNotFoundError when the user was deleted meanwhile. */
  async changeUser(username: string, change: (user: User) => User): Promise<User> {
    const user = this.#users.get(username);
    if (user === undefined) throw new UserNotFoundError();
    const changed = change(user);
    await this.putUser(changed);
    return changed;
  }

  deleteUser(username: string): Promise<void> {
    const user = this.#users.get(username);
    if (user === undefined) return Promise.resolve();
    this.#users.delete(username);
    this.#usernames.delete(normalEmail(user.attributes.email ?? ""));
    return this.#log.commit([[`user/${username}`, null], ...this.#drop(this.sessionsOf(username))]);
  }

  session(id: string): Session | undefined {
    return this.#sessions.get(id);
  }

  sessionByToken(tokenHash: string): Session | undefined {
    const id = this.#sessionIdsByToken.get(tokenHash);
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  sessionsOf(username: string): readonly Session[] {
    const ids = this.#sessionIdsByUser.get(username) ?? [];
    return [...ids].flatMap((id) => this.#sessions.get(id) ?? []);
  }

  /** Keeps a new session; those of the user that are over go, and the oldest beyond 1,000. */
  addSession(session: Session, now: number): Promise<void> {
    const held = this.sessionsOf(session.username);
    const surplus = held.length + 1 - mostSessionsPerUser;
    const gone = held.filter((other, index) => other.endsAt <= now || index < surplus);
    this.#indexSession(session);
    return this.#log.commit([...this.#drop(gone), [`session/${session.id}`, session]]);
  }

  changeSessions(sessions: readonly Session[]): Promise<void> {
    for (const session of sessions) this.#indexSession(session);
    return this.#log.commit(sessions.map((session) => [`session/${session.id}`, session]));
  }

  #indexUser(user: User): void {
    this.#users.set(user.username, user);
    this.#usernames.set(normalEmail(user.attributes.email ?? ""), user.username);
    this.#sequence = Math.max(this.#sequence, user.sequence);
  }

  #indexSession(session: Session): void {
    const former = this.#sessions.get(session.id);
    for (const hash of former === undefined ? [] : tokenHashes(former)) this.#sessionIdsByToken.delete(hash);
    this.#sessions.set(session.id, session);
    for (const hash of tokenHashes(session)) this.#sessionIdsByToken.set(hash, session.id);
    const ids = this.#sessionIdsByUser.get(session.username) ?? new Set<string>();
    this.#sessionIdsByUser.set(session.username, ids.add(session.id));
  }

  #drop(sessions: readonly Session[]): RecordChange[] {
    for (const session of sessions) {
      this.#sessions.delete(session.id);
      for (const hash of tokenHashes(session)) this.#sessionIdsByToken.delete(hash);
      const ids = this.#sessionIdsByUser.get(session.username);
      ids?.delete(session.id);
      if (ids?.size === 0) this.#sessionIdsByUser.delete(session.username);
    }
    return sessions.map((session) => [`session/${session.id}`, null]);
  }
}

function tokenHashes(session: Session): string[] {
  return [session.tokenHash, ...session.formerTokens.map(({ hash }) => hash)];
}
