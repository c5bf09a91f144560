/** As it comes to pages: what is undefined is absent. */
export type OnTheWire<T> = {
  readonly [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key];
} & {
  readonly [Key in keyof T as undefined extends T[Key] ? Key : never]?: T[Key] | undefined;
};
