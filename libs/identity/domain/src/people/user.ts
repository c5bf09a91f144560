import type { Caller } from "../caller.ts";
import type { Page, PageRequest } from "../directory/directory-records.ts";

export interface User {
  readonly id: string;
  /** What they sign in with, besides their e-mail address; upper and lower case are the same. */
  readonly username: string;
  readonly name: string;
  /** In lower case. People that a client made may have none. */
  readonly email: string | undefined;
  readonly isAdministrator: boolean;
  readonly isDisabled: boolean;
  /** Without one they come by an identity provider, or not yet. */
  readonly hasPassword: boolean;
  readonly creationTime: number;
}

export interface NewUser {
  readonly username: string;
  /** The user name unless told. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
  readonly isAdministrator?: boolean | undefined;
}

export interface UserChanges {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly isAdministrator?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** The people of the server. Changing them takes an administrator of it (`server.manage`), who is asked for here. */
export interface Users {
  create(caller: Caller, user: NewUser): Promise<User>;
  /** Ends sessions of who is disabled. The last administrator stays one. */
  update(caller: Caller, userId: string, changes: UserChanges): Promise<User>;
  /** Ends every session of the user. */
  setPassword(caller: Caller, userId: string, password: string): Promise<void>;
  /** With sessions, tokens, memberships and grants; what they made stays and names their id. */
  delete(caller: Caller, userId: string): Promise<void>;
  byId(userId: string): Promise<User | undefined>;
  byUsername(username: string): Promise<User | undefined>;
  /** In the order of user names; `search` is part of user name, name or e-mail address. */
  list(request: PageRequest): Promise<Page<User>>;
}
