import {useEffect, useState} from "react";

/** Whether a key was used since the pointer last moved: it rests where it was left, and means nothing. */
export function useKeyed(): boolean {
  const [isKeyed, setIsKeyed] = useState(false);
  useEffect(() => {
    const onKey = () => setIsKeyed(true);
    const onPointer = () => setIsKeyed(false);
    // browsers tell of a pointer at rest, too, where something else comes to lie below it
    const onMove = ({movementX, movementY}: PointerEvent) => {
      if (movementX !== 0 || movementY !== 0) onPointer();
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerdown", onPointer);
    window.addEventListener("wheel", onPointer, {passive: true});
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerdown", onPointer);
      window.removeEventListener("wheel", onPointer);
    };
  }, []);
  return isKeyed;
}
