import {Fragment} from "react";

/** A text whose addresses may break after their slashes, and not in a name. */
export const Breakable = ({text}: {readonly text: string}) =>
  text.split(/(?<=\/)(?!\/)/).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
