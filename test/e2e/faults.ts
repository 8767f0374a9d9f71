import type {Page} from "playwright-core";
import type {LabPage} from "./labPage.ts";
import {prependToWorker} from "./workerScript.ts";

/**
 * What can go wrong in a reader's browser, brought about from outside: a line put before the worker's program gives
 * hold of its graphics devices, and of a switch that makes what they compute no numbers. The product knows of none of it.
 */
const HOLD = `
  self.devices = [];
  const {requestDevice} = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...asked) {
    const device = await requestDevice.apply(this, asked);
    self.devices.push(device);
    return device;
  };
  const {getMappedRange} = GPUBuffer.prototype;
  GPUBuffer.prototype.getMappedRange = function (...where) {
    const range = getMappedRange.apply(this, where);
    if (!self.poisoned || !(this.usage & GPUBufferUsage.MAP_READ)) return range;
    return new Float32Array(range.byteLength / 4).fill(NaN).buffer;
  };
`;

/** Prepares a page for the others. */
export const holding = (page: Page): Promise<void> => prependToWorker(page, `if (self.GPUAdapter) {${HOLD}}`);

type Held = {readonly devices: GPUDevice[]; poisoned: boolean};

/** The newest device is lost. */
export const destroyDevice = (lab: LabPage): Promise<void> =>
  lab.worker().evaluate(() => (globalThis as unknown as Held).devices.at(-1)!.destroy());

/** How many devices were opened. */
export const devicesOpened = (lab: LabPage): Promise<number> =>
  lab.worker().evaluate(() => (globalThis as unknown as Held).devices.length);

/** From now on everything read back from a device is NaN, or no more. */
export const poison = (lab: LabPage, on: boolean): Promise<void> =>
  lab.worker().evaluate((poisoned) => void ((globalThis as unknown as Held).poisoned = poisoned), on);

/** The newest device has no memory left. */
export const exhaustDevice = (lab: LabPage): Promise<void> =>
  lab.worker().evaluate(() => {
    const error = new GPUOutOfMemoryError("the test took it");
    const event = new GPUUncapturedErrorEvent("uncapturederror", {error});
    (globalThis as unknown as Held).devices.at(-1)!.dispatchEvent(event);
  });

/** An error that nobody catches. */
export const crashWorker = (lab: LabPage): Promise<void> =>
  lab.worker().evaluate(
    () =>
      void setTimeout(() => {
        throw new Error("the test broke it");
      })
  );

/** It is gone without a word, as where a browser takes its memory. */
export const endWorker = (lab: LabPage): Promise<void> =>
  lab.worker().evaluate(() => void setTimeout(() => (globalThis as unknown as {close(): void}).close()));
