package org.laplace4j.propertytests.laplace;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A mistake, and what is said of it.
 *
 * @param what the mistake
 * @param type the exception
 * @param says what its message must contain: where, what was required, what came
 * @param remedy what to do
 * @param call makes the mistake
 */
record BadInput(
    String what,
    Class<? extends Exception> type,
    List<String> says,
    String remedy,
    ThrowingCallable call) {

  /** A mistake that the caller can know of. */
  static BadInput illegal(String what, List<String> says, String remedy, ThrowingCallable call) {
    return new BadInput(what, IllegalArgumentException.class, says, remedy, call);
  }

  /** The message, but for what depends on the machine: the size of the heap, a folder. */
  String message() {
    try {
      call.call();
    } catch (Throwable thrown) {
      if (type.isInstance(thrown)) {
        return thrown
            .getMessage()
            .replaceAll("[0-9.]+ GB", "… GB")
            .replaceAll("\\S*[/\\\\](?=weights)", "");
      }
      throw new AssertionError("'" + what + "' was met with " + thrown, thrown);
    }
    throw new AssertionError("'" + what + "' was not refused");
  }

  /** A row of the table in the documents. */
  String row() {
    return "| " + what + " | " + message().replace("|", "\\|") + " | " + remedy + " |";
  }
}
