/** As much of Office's type as the stand-in has: every member in Office's own form, and none that Office lacks. */
export type Some<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends Date
    ? T
    : T extends readonly (infer Element)[]
      ? Some<Element>[]
      : T extends object
        ? { [Member in keyof T]?: Some<T[Member]> }
        : T
