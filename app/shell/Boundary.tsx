import {Component, type ReactNode} from "react";
import type {Strings} from "../i18n/strings.ts";

type Props = {readonly strings: Strings["errors"]["screen"]; readonly children: ReactNode};

/** What stands on the page if drawing it fails: a sentence and a way on, instead of nothing. */
export class Boundary extends Component<Props, {readonly message: string | null}> {
  override state = {message: null as string | null};

  static getDerivedStateFromError(error: unknown) {
    return {message: error instanceof Error ? error.message : String(error)};
  }

  override render() {
    const {strings, children} = this.props;
    const {message} = this.state;
    if (message === null) return children;
    return (
      <main className="wrap failure" role="alert">
        <h1>{strings.title}</h1>
        <p>{message}</p>
        <p>{strings.say}</p>
        <button type="button" className="btn primary" onClick={() => location.reload()}>
          {strings.retry}
        </button>
      </main>
    );
  }
}
