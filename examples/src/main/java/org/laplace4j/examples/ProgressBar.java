package org.laplace4j.examples;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import org.laplace4j.nn.train.Progress;
import org.laplace4j.nn.train.TrainingListener;

/**
 * How far training has come, on one line that is overwritten; where nobody watches, such as in a
 * file, two lines.
 */
final class ProgressBar implements TrainingListener {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final String what;
  private final boolean watched;
  private int shown = -1;

  ProgressBar(PrintStream out, String what) {
    this(out, what, out == System.out && isTerminal());
  }

  ProgressBar(PrintStream out, String what, boolean watched) {
    this.out = out;
    this.what = what;
    this.watched = watched;
  }

  @Override
  public void onProgress(Progress progress) {
    int steps = watched ? 100 : 2;
    int now = (int) (progress.fraction() * steps);
    if (now == shown || now == 0 && !watched) {
      return;
    }
    shown = now;
    String state = String.format(
        Locale.ROOT,
        "%s %3d %%, epoch %d of %d, objective %.3f",
        what,
        now * 100 / steps,
        progress.epoch(),
        progress.epochs(),
        progress.objective());
    if (watched) {
      int full = now * WIDTH / steps;
      out.print("\r[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + state + "  ");
    } else {
      out.println(state);
    }
    if (watched && now == steps) {
      out.println();
    }
    out.flush();
  }

  /** From Java 22 on there may be a console where output goes to a file, but it can be asked. */
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
