import {expect, it, vi} from "vitest";
import {createSession} from "../../app/session.ts";
import type {TraceEvent} from "../../engine/index.ts";

const stop: TraceEvent = {stage: "stop", reason: "eos"};

it("begins empty, with the cursor before everything", () => {
  expect(createSession().get()).toEqual({trace: [], length: 0, cursor: -1});
});

it("append() moves a cursor that is at the end, and leaves one that was moved back", () => {
  const session = createSession();
  session.append(stop);
  session.append(stop, stop);
  expect(session.get().cursor).toBe(2);
  session.seek(0);
  session.append(stop);
  expect(session.get()).toMatchObject({cursor: 0, length: 4});
});

it("append() copies nothing: the trace stays one array, and each state of it is another object", () => {
  const session = createSession();
  session.append(stop);
  const before = session.get();
  session.append(stop);
  expect(session.get().trace).toBe(before.trace);
  expect(session.get()).not.toBe(before);
  expect(before.length).toBe(1);
});

it("seek() stays inside the trace, and tells nobody where nothing moves", () => {
  const session = createSession();
  session.seek(3);
  expect(session.get().cursor).toBe(-1);
  session.append(stop, stop);
  const listener = vi.fn();
  const unsubscribe = session.subscribe(listener);
  session.seek(99);
  expect(listener).not.toHaveBeenCalled();
  session.seek(-5);
  expect(session.get().cursor).toBe(0);
  expect(listener).toHaveBeenCalledOnce();
  unsubscribe();
  session.seek(1);
  expect(listener).toHaveBeenCalledOnce();
});

it("reset() begins another trace and leaves the old one to whoever holds it", () => {
  const session = createSession();
  session.append(stop, stop);
  const {trace} = session.get();
  session.reset(stop);
  expect(session.get()).toMatchObject({length: 1, cursor: 0});
  expect(trace).toHaveLength(2);
});
